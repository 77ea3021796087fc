import { usualHires, type Hires } from '../../../domain/diffusion/edit/hires.ts';
import { limits } from '../../../domain/limits.ts';
import { SelectField } from '../../base/controls/select-field.tsx';
import { SliderField } from '../../base/controls/slider-field.tsx';
import { SwitchRow } from '../../base/controls/switch-row.tsx';
import { useEditWords } from '../../words/edit-words.ts';
import { useWords } from '../../words/words-context.tsx';
import { useActions, useAppState } from '../hooks.ts';
import { useProblems } from './use-problems.ts';

const upscalers = ['latent', 'lanczos'] as const;

/** The picture is drawn small, enlarged and drawn over, in one go. */
export function HiresFields() {
  const { hires: words } = useEditWords();
  const { format } = useWords();
  const { edit } = useActions();
  const { hires, width, height } = useAppState((state) => state.draft);
  const fromSource = useAppState((state) => state.source !== null);
  const problems = useProblems();
  const change = (part: Partial<Hires>) => hires && edit({ hires: { ...hires, ...part } });
  const becomes = hires && format.size(Math.round(width * hires.scale), Math.round(height * hires.scale));
  return (
    <>
      <SwitchRow
        label={words.title}
        hint={
          fromSource ? words.notWithSource : becomes && !problems.size ? words.becomes(becomes) : words.hint
        }
        checked={hires !== undefined}
        onChecked={(on) => edit({ hires: on ? usualHires : undefined })}
      />
      {hires ? (
        <>
          <SliderField
            label={words.scale}
            {...limits.hires.scale}
            step={0.05}
            value={hires.scale}
            onValue={(scale) => change({ scale })}
            problem={problems.hiresScale?.message}
          />
          <SliderField
            label={words.steps}
            {...limits.hires.steps}
            step={1}
            value={hires.steps}
            onValue={(steps) => change({ steps })}
            problem={problems.hiresSteps?.message}
            hint={words.stepsHint}
          />
          <SliderField
            label={words.strength}
            {...limits.strength}
            step={0.01}
            value={hires.strength}
            onValue={(strength) => change({ strength })}
            problem={problems.hiresStrength?.message}
          />
          <SelectField
            label={words.upscaler}
            value={hires.upscaler.kind === 'lanczos' ? 'lanczos' : 'latent'}
            onValue={(kind) => change({ upscaler: { kind } })}
            options={upscalers.map((value) => ({ value, label: words.upscalers[value] }))}
          />
        </>
      ) : null}
    </>
  );
}
