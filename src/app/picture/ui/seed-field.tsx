import { Dices, Lock, LockOpen } from 'lucide-react';
import { useActions, useAppState } from '../hooks.ts';
import { Field } from '../../base/controls/field.tsx';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { useProblems } from './use-problems.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './seed-field.module.css';

export function SeedField() {
  const { picture, common } = useWords();
  const { edit, rollSeed } = useActions();
  const seed = useAppState((state) => state.draft.seed);
  const locked = useAppState((state) => state.draft.seedLocked);
  const problem = useProblems().seed?.message;
  return (
    <Field label={common.seed} problem={problem} hint={locked ? picture.seedKept : picture.seedNew}>
      {(ids) => (
        <div className={styles.row}>
          <NumberInput {...ids} value={seed} onValue={(value) => edit({ seed: value, seedLocked: true })} />
          <IconButton
            label={picture.keepSeed}
            icon={locked ? Lock : LockOpen}
            className="outline"
            aria-pressed={locked}
            onClick={() => edit({ seedLocked: !locked })}
          />
          <IconButton label={common.newSeed} icon={Dices} className="outline" onClick={rollSeed} />
        </div>
      )}
    </Field>
  );
}
