import { useId, type ReactNode } from 'react';
import { speeds, type Speed } from '../../../domain/diffusion/fast/speeds.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './speed-choice.module.css';

interface SpeedChoiceProps {
  readonly value: Speed;
  readonly onValue: (speed: Speed) => void;
  /** Below the hint. */
  readonly children?: ReactNode;
}

/** As the reference makes it, or in half the time and nearly the same. */
export function SpeedChoice({ value, onValue, children }: SpeedChoiceProps) {
  const { common } = useWords();
  const id = useId();
  return (
    <fieldset
      className={`field ${styles.choice}`}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-hint`}
    >
      <div className={styles.row}>
        <span className="label" id={`${id}-label`}>
          {common.speed}
        </span>
        <div className={styles.speeds}>
          {speeds.map((speed) => (
            <label key={speed} className={styles.speed}>
              <input
                type="radio"
                className="visually-hidden"
                name={id}
                checked={speed === value}
                onChange={() => onValue(speed)}
              />
              <span>{common.speeds[speed]}</span>
            </label>
          ))}
        </div>
      </div>
      <p className="hint" id={`${id}-hint`}>
        {common.speedHints[value]}
      </p>
      {children}
    </fieldset>
  );
}
