import { RotateCcw } from 'lucide-react';
import { Suspense, useEffect, useRef } from 'react';
import { samplerName } from '../../../domain/recipe/sampler-names.ts';
import { useActions, useApp, useAppState } from '../hooks.ts';
import { limits } from '../../../domain/limits.ts';
import { Field } from '../../base/controls/field.tsx';
import { SelectField } from '../../base/controls/select-field.tsx';
import { SliderField } from '../../base/controls/slider-field.tsx';
import { capabilitiesOf } from '../../machines/machine-state.ts';
import { BackendField } from '../../models/ui/backend-field.tsx';
import { VaeField } from './vae-field.tsx';
import { currentModel } from '../../models/chosen-model.ts';
import { IfCan } from './if-can.tsx';
import { HiresFields } from './hires-fields.tsx';
import { GridButton } from './grid-button.tsx';
import { NoiseFields } from './noise-fields.tsx';
import { SeedField } from './seed-field.tsx';
import { VariationFields } from './variation-fields.tsx';
import { PictureSize } from './picture-size.tsx';
import { SourceField } from './source-field.tsx';
import { useProblems } from './use-problems.ts';
import { useWords } from '../../words/words-context.tsx';
import { samplerIds } from '../../../domain/diffusion/samplers/choices.ts';
import styles from './advanced-panel.module.css';

const samplerOptions = samplerIds
  .map((id) => ({ value: id, label: samplerName(id) }))
  .sort((a, b) => a.label.localeCompare(b.label, 'en'));

/** Everything that has a good default. */
export default function AdvancedPanel() {
  const { picture, common } = useWords();
  const { edit, resetSettings } = useActions();
  const draft = useAppState((state) => state.draft);
  const isOfGraphs = useAppState((state) => currentModel(state).ref.source.kind === 'http');
  const isElsewhere = useAppState((state) => currentModel(state).ref.source.kind === 'elsewhere');
  const problems = useProblems();
  const panel = useRef<HTMLDivElement>(null);
  useFocusOnProblem(panel);
  return (
    <div className={styles.panel} ref={panel}>
      <IfCan feature="negative-prompt">
        <Field label={common.negativePrompt} problem={problems.negativePrompt?.message}>
          {(ids) => (
            <textarea
              {...ids}
              className="input"
              rows={2}
              dir="auto"
              placeholder={picture.negativeHint}
              value={draft.negativePrompt}
              onChange={(event) => edit({ negativePrompt: event.target.value })}
            />
          )}
        </Field>
      </IfCan>
      <IfCan feature="size">
        <PictureSize />
      </IfCan>
      <SliderField
        label={common.steps}
        {...limits.steps}
        step={1}
        value={draft.steps}
        onValue={(steps) => edit({ steps })}
        problem={problems.steps?.message}
      />
      <IfCan feature="guidance">
        <SliderField
          label={common.guidance}
          {...limits.guidanceScale}
          step={0.1}
          value={draft.guidanceScale}
          onValue={(guidanceScale) => edit({ guidanceScale })}
          problem={problems.guidanceScale?.message}
          hint={picture.guidanceHint}
        />
      </IfCan>
      <IfCan feature="seed">
        <SeedField />
      </IfCan>
      <IfCan feature="variation">
        <VariationFields />
      </IfCan>
      <SliderField
        label={picture.count}
        {...limits.count}
        step={1}
        value={draft.count}
        onValue={(count) => edit({ count })}
        problem={problems.count?.message}
      />
      <div className="pair">
        <SamplerField />
        {isElsewhere ? null : <BackendField />}
      </div>
      <NoiseFields />
      {isOfGraphs && draft.clipSkip === 1 ? null : (
        <IfCan feature="clip-skip">
          <SliderField
            label={picture.clipSkip}
            {...limits.clipSkip}
            step={1}
            value={draft.clipSkip}
            onValue={(clipSkip) => edit({ clipSkip })}
            problem={problems.clipSkip?.message}
            hint={picture.clipSkipHint}
          />
        </IfCan>
      )}
      {(isOfGraphs || isElsewhere) && draft.vae === undefined ? null : (
        <Suspense fallback={null}>
          <IfCan feature="vae">
            <VaeField />
          </IfCan>
        </Suspense>
      )}
      <IfCan feature="img2img">
        <SourceField />
      </IfCan>
      <Suspense fallback={null}>
        <HiresFields />
        <GridButton />
      </Suspense>
      <button type="button" className={`button outline ${styles.reset}`} onClick={resetSettings}>
        <RotateCcw size={16} aria-hidden />
        {picture.reset}
      </button>
    </div>
  );
}

/** Those that the machine which draws knows; one that it does not is left to it. */
function SamplerField() {
  const { common } = useWords();
  const { edit } = useActions();
  const sampler = useAppState((state) => state.draft.sampler);
  const known = useAppState((state) => capabilitiesOf(state, currentModel(state))?.samplers ?? null);
  const offered = samplerOptions.filter(({ value }) => known?.includes(value) ?? true);
  return (
    <SelectField
      label={common.sampler}
      value={known?.includes(sampler) === false ? 'model' : sampler}
      onValue={(value) => edit({ sampler: value })}
      options={[{ value: 'model', label: common.samplerOfModel }, ...offered]}
    />
  );
}

/** The panel may open because Generate found something wrong in it. */
function useFocusOnProblem(panel: React.RefObject<HTMLDivElement | null>): void {
  const { store } = useApp();
  useEffect(() => {
    if (store.getState().submitted) {
      panel.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [store, panel]);
}
