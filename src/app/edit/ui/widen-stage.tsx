import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { noSides, widenedSize, type Sides } from '../../../domain/mask/widen.ts';
import type { EditedPicture } from '../../picture/picture-state.ts';
import { useEditWords } from '../../words/edit-words.ts';
import { useStage } from './use-stage.ts';
import styles from './widen-stage.module.css';

interface WidenStageProps {
  readonly picture: EditedPicture;
  /** Whole numbers. */
  readonly sides: Sides;
  readonly onSides: (sides: Sides) => void;
  /** How far an arrow key moves a side, in pixels. */
  readonly stepPx: number;
}

const sideNames = ['left', 'top', 'right', 'bottom'] as const;
type Side = (typeof sideNames)[number];

/** The picture in its new frame, each side of which can be pulled. While one is pulled, what is seen keeps its scale. */
export function WidenStage({ picture, sides, onSides, stepPx }: WidenStageProps) {
  const { widen } = useEditWords();
  const [held, setHeld] = useState<Sides | null>(null);
  const shown = held ?? sides;
  const room = widenedSize(picture, shown);
  const { attach, layer, scale } = useStage(room, 48);
  const { width, height } = widenedSize(picture, sides);
  const frame = {
    left: (shown.left - sides.left) * scale,
    top: (shown.top - sides.top) * scale,
    width: width * scale,
    height: height * scale,
  };
  const inside = {
    left: sides.left * scale,
    top: sides.top * scale,
    width: picture.width * scale,
    height: picture.height * scale,
  };
  return (
    <div ref={attach} className={styles.stage} role="group" aria-label={widen.stage}>
      <div className={styles.layer} style={layer}>
        <div className={styles.frame} style={frame}>
          <img className={styles.picture} src={picture.url} alt="" draggable={false} style={inside} />
          {sideNames.map((side) => (
            <Handle
              key={side}
              side={side}
              value={sides[side]}
              scale={scale}
              stepPx={stepPx}
              onHold={(on) => setHeld(on ? sides : null)}
              onValue={(value) => onSides({ ...sides, [side]: value })}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface HandleProps {
  readonly side: Side;
  readonly value: number;
  readonly scale: number;
  readonly stepPx: number;
  readonly onHold: (on: boolean) => void;
  readonly onValue: (value: number) => void;
}

/** Outwards is more. */
const outwards: Readonly<Record<Side, string>> = {
  ...{ left: 'ArrowLeft', right: 'ArrowRight', top: 'ArrowUp', bottom: 'ArrowDown' },
};
const inwards: Readonly<Record<Side, string>> = {
  ...{ left: 'ArrowRight', right: 'ArrowLeft', top: 'ArrowDown', bottom: 'ArrowUp' },
};

function Handle({ side, value, scale, stepPx, onHold, onValue }: HandleProps) {
  const { widen } = useEditWords();
  const pulled = useRef<{ readonly at: number; readonly value: number; readonly scale: number } | null>(null);
  const along = ({ clientX, clientY }: PointerEvent) =>
    (side === 'left' || side === 'right' ? clientX : clientY) * (side === 'left' || side === 'top' ? -1 : 1);
  const move = (event: PointerEvent) => {
    const from = pulled.current;
    if (from) onValue(Math.max(0, Math.round(from.value + (along(event) - from.at) / from.scale)));
  };
  const end = () => {
    pulled.current = null;
    onHold(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === outwards[side] ? stepPx : event.key === inwards[side] ? -stepPx : 0;
    const next = event.key === 'Home' ? noSides[side] : value + step;
    if (next === value && event.key !== 'Home') return;
    event.preventDefault();
    onValue(Math.max(0, next));
  };
  return (
    <div
      className={styles.handle}
      data-side={side}
      role="slider"
      tabIndex={0}
      aria-label={widen.sides[side]}
      aria-orientation={side === 'left' || side === 'right' ? 'horizontal' : 'vertical'}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuetext={widen.pixels(value)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        pulled.current = { at: along(event), value, scale };
        onHold(true);
      }}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <span className={styles.grip} />
    </div>
  );
}
