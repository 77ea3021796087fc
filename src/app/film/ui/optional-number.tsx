import { RotateCcw } from 'lucide-react';
import { Field } from '../../base/controls/field.tsx';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './optional-number.module.css';

interface OptionalNumberProps {
  readonly label: string;
  /** Null: the film's. */
  readonly value: number | null;
  readonly filmValue: number;
  readonly onValue: (value: number | null) => void;
  readonly step?: number;
  readonly problem?: string | undefined;
}

/** Shows the film's value until it is overridden; one button goes back to it. */
export function OptionalNumber({ label, value, filmValue, onValue, step, problem }: OptionalNumberProps) {
  const { film } = useWords();
  return (
    <Field label={label} problem={problem} hint={value === null ? film.asFilm : undefined}>
      {(ids) => (
        <div className={styles.row}>
          <NumberInput {...ids} step={step} value={value ?? filmValue} onValue={onValue} />
          {value === null ? null : (
            <IconButton label={film.fieldAsFilm(label)} icon={RotateCcw} onClick={() => onValue(null)} />
          )}
        </div>
      )}
    </Field>
  );
}
