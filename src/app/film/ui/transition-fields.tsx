import {
  transitionIds,
  type Transition,
  type TransitionId,
} from '../../../domain/video/transitions/transitions.ts';
import { Field } from '../../base/controls/field.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { SelectField } from '../../base/controls/select-field.tsx';
import { choices } from './film-words.ts';
import { useWords } from '../../words/words-context.tsx';

interface TransitionFieldsProps {
  readonly value: Transition;
  readonly onValue: (value: Transition) => void;
  readonly problems: ReadonlyMap<string, string>;
  /** `transition` or `scenes.1.transition`. */
  readonly at: string;
}

export function TransitionFields({ value, onValue, problems, at }: TransitionFieldsProps) {
  const { film } = useWords();
  const change = (changed: Partial<Transition>) => onValue({ ...value, ...changed });
  return (
    <>
      <SelectField<TransitionId>
        label={film.transition}
        value={value.kind}
        onValue={(kind) => change({ kind })}
        options={choices(transitionIds, film.transitions)}
        hint={value.kind === 'morph' ? film.morphHint : undefined}
      />
      {value.kind === 'none' ? null : (
        <Field label={film.transitionFrames} problem={problems.get(`${at}.frames`)}>
          {(ids) => (
            <NumberInput {...ids} step={1} value={value.frames} onValue={(frames) => change({ frames })} />
          )}
        </Field>
      )}
      {value.kind === 'morph' ? (
        <Field label={film.inBetweens} problem={problems.get(`${at}.inBetweens`)}>
          {(ids) => (
            <NumberInput
              {...ids}
              step={1}
              value={value.inBetweens}
              onValue={(inBetweens) => change({ inBetweens })}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
