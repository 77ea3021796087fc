import { noiseSources } from '../../../domain/diffusion/noise-source.ts';
import { scheduleIds } from '../../../domain/diffusion/samplers/schedule-ids.ts';
import { scheduleName } from '../../../domain/recipe/sampler-names.ts';
import { SelectField } from '../../base/controls/select-field.tsx';
import { useActions, useAppState } from '../hooks.ts';
import { IfCan } from './if-can.tsx';
import { useWords } from '../../words/words-context.tsx';
import { hasSchedules } from '../../../domain/diffusion/samplers/choices.ts';

const own = 'own';

/** How the noise falls from step to step, and whose random numbers a seed stands for. */
export function NoiseFields() {
  const { edit } = useActions();
  const { picture } = useWords();
  const { sampler, schedule, noise } = useAppState((state) => state.draft);
  const ids = hasSchedules(sampler) ? scheduleIds : [];
  const options = [
    { value: own, label: picture.scheduleOwn },
    ...ids.map((id) => ({ value: id, label: scheduleName(id) })),
  ] as const;
  return (
    <div className="pair">
      <IfCan feature="schedule">
        <SelectField
          label={picture.schedule}
          value={ids.find((id) => id === schedule) ?? own}
          onValue={(value) => edit({ schedule: value === own ? undefined : value })}
          options={options}
        />
      </IfCan>
      <IfCan feature="noise">
        <SelectField
          label={picture.noise}
          value={noise}
          onValue={(value) => edit({ noise: value })}
          options={noiseSources.map((value) => ({ value, label: picture.noiseOf(value) }))}
          hint={picture.noiseHint}
        />
      </IfCan>
    </div>
  );
}
