import { Slider } from 'radix-ui';
import { Field } from './field.tsx';
import { NumberInput } from './number-input.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './slider-field.module.css';

interface SliderFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onValue: (value: number) => void;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly problem?: string | undefined;
  readonly hint?: string | undefined;
}

/** A slider for the hand and a number for the exact value. */
export function SliderField({ label, value, onValue, min, max, step, problem, hint }: SliderFieldProps) {
  const { common } = useWords();
  const shown = Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : min;
  return (
    <Field label={label} problem={problem} hint={hint}>
      {(ids) => (
        <div className={styles.row}>
          <Slider.Root
            className={styles.slider}
            value={[shown]}
            min={min}
            max={max}
            step={step}
            onValueChange={([next]) => next !== undefined && onValue(round(next, step))}
          >
            <Slider.Track className={styles.track}>
              <Slider.Range className={styles.range} />
            </Slider.Track>
            <Slider.Thumb className={styles.thumb} aria-label={common.slider(label)} />
          </Slider.Root>
          <NumberInput
            {...ids}
            className="compact"
            min={min}
            max={max}
            step={step}
            value={value}
            onValue={onValue}
          />
        </div>
      )}
    </Field>
  );
}

/** Adding up steps of 0.1 leaves crumbs. */
function round(value: number, step: number): number {
  const digits = String(step).split('.')[1]?.length ?? 0;
  return Number(value.toFixed(digits));
}
