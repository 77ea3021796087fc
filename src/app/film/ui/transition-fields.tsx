import {
  transitionIds,
  type Transition,
  type TransitionId,
} from '../../../domain/video/transitions/transitions.ts';
import { Field } from '../../base/controls/field.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { SelectField } from '../../base/controls/select-field.tsx';
import { canDo, capabilitiesOf, type MachinesSlice } from '../../machines/machine-state.ts';
import { currentModel, type ModelsSlice } from '../../models/chosen-model.ts';
import { useAppState } from '../hooks.ts';
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
  const { film, picture } = useWords();
  const machine = useAppState(machineWithoutMorph);
  const offered = transitionIds.filter((id) => id !== 'morph' || machine === null || value.kind === id);
  const change = (changed: Partial<Transition>) => onValue({ ...value, ...changed });
  return (
    <>
      <SelectField<TransitionId>
        label={film.transition}
        value={value.kind}
        onValue={(kind) => change({ kind })}
        options={choices(offered, film.transitions)}
        hint={
          value.kind === 'morph' ? (machine === null ? film.morphHint : picture.notThere(machine)) : undefined
        }
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

/** The name of the machine that draws, where it cannot draw what lies between two pictures. */
function machineWithoutMorph(state: ModelsSlice & MachinesSlice): string | null {
  const entry = currentModel(state);
  return canDo(capabilitiesOf(state, entry), 'morph') ? null : entry.card.description;
}
