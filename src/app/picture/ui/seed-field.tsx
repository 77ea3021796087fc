import { Dices, Lock, LockOpen } from 'lucide-react';
import { useActions, useAppState } from '../../shell/app-hooks.tsx';
import { Field } from '../../base/controls/field.tsx';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { useProblems } from './use-problems.ts';

export function SeedField() {
  const { edit, rollSeed } = useActions();
  const seed = useAppState((state) => state.draft.seed);
  const locked = useAppState((state) => state.draft.seedLocked);
  const problem = useProblems().seed?.message;
  return (
    <Field
      label="Seed"
      problem={problem}
      hint={locked ? 'Kept: the same settings make the same picture.' : 'A new one for every run.'}
    >
      {(ids) => (
        <div className="seed-row">
          <NumberInput {...ids} value={seed} onValue={(value) => edit({ seed: value, seedLocked: true })} />
          <IconButton
            label="Keep this seed"
            icon={locked ? Lock : LockOpen}
            className="outline"
            aria-pressed={locked}
            onClick={() => edit({ seedLocked: !locked })}
          />
          <IconButton label="New random seed" icon={Dices} className="outline" onClick={rollSeed} />
        </div>
      )}
    </Field>
  );
}
