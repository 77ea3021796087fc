import type { Transition, TransitionId } from '../../../domain/video/transitions.ts';
import { Field } from '../../base/controls/field.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { SelectField } from '../../base/controls/select-field.tsx';
import { transitionOptions } from './film-words.ts';

interface TransitionFieldsProps {
  readonly value: Transition;
  readonly onValue: (value: Transition) => void;
  readonly problems: ReadonlyMap<string, string>;
  /** `transition` or `scenes.1.transition`. */
  readonly at: string;
}

export function TransitionFields({ value, onValue, problems, at }: TransitionFieldsProps) {
  const change = (changed: Partial<Transition>) => onValue({ ...value, ...changed });
  return (
    <>
      <SelectField<TransitionId>
        label="Transition"
        value={value.kind}
        onValue={(kind) => change({ kind })}
        options={transitionOptions}
        hint={value.kind === 'morph' ? 'New pictures, drawn half-way between the two scenes.' : undefined}
      />
      {value.kind === 'none' ? null : (
        <Field label="Transition frames" problem={problems.get(`${at}.frames`)}>
          {(ids) => (
            <NumberInput {...ids} step={1} value={value.frames} onValue={(frames) => change({ frames })} />
          )}
        </Field>
      )}
      {value.kind === 'morph' ? (
        <Field label="Pictures between" problem={problems.get(`${at}.inBetweens`)}>
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
