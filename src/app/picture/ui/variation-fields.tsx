import { Dices } from 'lucide-react';
import { limits } from '../../../domain/limits.ts';
import { Field } from '../../base/controls/field.tsx';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { SliderField } from '../../base/controls/slider-field.tsx';
import { useWords } from '../../words/words-context.tsx';
import { useActions, useAppState } from '../hooks.ts';
import styles from './seed-field.module.css';
import { useProblems } from './use-problems.ts';

/** How far the picture goes towards the noise of another seed; which one, once it goes anywhere. */
export function VariationFields() {
  const { picture } = useWords();
  const { edit, rollVariation } = useActions();
  const variation = useAppState((state) => state.draft.variation);
  const problems = useProblems();
  return (
    <>
      <SliderField
        label={picture.variation}
        {...limits.strength}
        step={0.05}
        value={variation.strength}
        onValue={(strength) => edit({ variation: { ...variation, strength } })}
        problem={problems.variationStrength?.message}
        hint={picture.variationHint}
      />
      {variation.strength === 0 ? null : (
        <Field label={picture.variationSeed} problem={problems.variationSeed?.message}>
          {(ids) => (
            <div className={styles.row}>
              <NumberInput
                {...ids}
                value={variation.seed}
                onValue={(seed) => edit({ variation: { ...variation, seed } })}
              />
              <IconButton
                label={picture.newVariationSeed}
                icon={Dices}
                className="outline"
                onClick={rollVariation}
              />
            </div>
          )}
        </Field>
      )}
    </>
  );
}
