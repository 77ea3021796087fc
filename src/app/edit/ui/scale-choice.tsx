import { ToggleGroup } from 'radix-ui';
import type { EnlargeScale } from '../../../domain/diffusion/edit/enlarging.ts';
import { useEditWords } from '../../words/edit-words.ts';
import styles from './enlarge-picture-dialog.module.css';

interface ScaleChoiceProps {
  readonly scales: readonly EnlargeScale[];
  readonly value: EnlargeScale;
  readonly onValue: (scale: EnlargeScale) => void;
  readonly disabled: boolean;
}

export function ScaleChoice({ scales, value, onValue, disabled }: ScaleChoiceProps) {
  const { enlarge: words } = useEditWords();
  return (
    <div className="field">
      <span className="label">{words.scale}</span>
      <ToggleGroup.Root
        className={styles.scales}
        type="single"
        aria-label={words.scale}
        value={String(value)}
        disabled={disabled}
        onValueChange={(next) => next && onValue(Number(next) as EnlargeScale)}
      >
        {scales.map((scale) => (
          <ToggleGroup.Item key={scale} value={String(scale)} className="button outline">
            {words.times(scale)}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </div>
  );
}
