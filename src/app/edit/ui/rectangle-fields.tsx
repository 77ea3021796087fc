import { Minus, Plus } from 'lucide-react';
import { useId } from 'react';
import type { Box } from '../../../domain/mask/mask.ts';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { useEditWords } from '../../words/edit-words.ts';
import type { Painting } from '../painting.ts';
import styles from './rectangle-fields.module.css';

/** As it is typed: NaN where a field is empty. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Null while the numbers make no rectangle. */
export function boxOf({ left, top, width, height }: Rectangle): Box | null {
  const box = { left, top, right: left + width, bottom: top + height };
  return width > 0 && height > 0 && Object.values(box).every(Number.isFinite) ? box : null;
}

interface RectangleFieldsProps {
  readonly painting: Painting;
  readonly value: Rectangle;
  readonly onValue: (value: Rectangle) => void;
}

/** For everyone who does not draw by hand. */
export function RectangleFields({ painting, value, onValue }: RectangleFieldsProps) {
  const { paint } = useEditWords();
  const hint = useId();
  const box = boxOf(value);
  const act = (erase: boolean) => box && painting.add({ kind: 'rectangle', erase, ...box });
  return (
    <fieldset className="field" aria-describedby={hint}>
      <legend className="visually-hidden">{paint.rectangle}</legend>
      <p className="hint" id={hint}>
        {paint.rectangleHint(painting.mask.width, painting.mask.height)}
      </p>
      <div className={styles.numbers}>
        {(['left', 'top', 'width', 'height'] as const).map((side) => (
          <label key={side} className={styles.number}>
            {paint[side]}
            <NumberInput value={value[side]} onValue={(next) => onValue({ ...value, [side]: next })} />
          </label>
        ))}
      </div>
      <div className={styles.acts}>
        <button type="button" className="button outline" disabled={!box} onClick={() => act(false)}>
          <Plus size={16} aria-hidden />
          {paint.add}
        </button>
        <button type="button" className="button outline" disabled={!box} onClick={() => act(true)}>
          <Minus size={16} aria-hidden />
          {paint.takeAway}
        </button>
      </div>
    </fieldset>
  );
}
