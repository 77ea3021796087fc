import { Dices } from 'lucide-react';
import { Switch } from 'radix-ui';
import { useId } from 'react';
import { filmLimits } from '../../../domain/video/limits.ts';
import type { FilmProject } from '../../../domain/video/project.ts';
import { Field } from '../../base/controls/field.tsx';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { SelectField } from '../../base/controls/select-field.tsx';
import { SliderField } from '../../base/controls/slider-field.tsx';
import { FilmSize } from './film-size.tsx';
import { motionOptions } from './film-words.ts';
import { MusicField } from './music-field.tsx';
import { TransitionFields } from './transition-fields.tsx';
import { useFilmActions, useFilmProblems, useFilmState } from './use-film.tsx';

type NumberName = 'fps' | 'sceneDurationSec' | 'seed';

/** Everything that has a good default. */
export default function FilmSettings() {
  const { changeFilm } = useFilmActions();
  const film = useFilmState((state) => state.project);
  const problems = useFilmProblems();
  const number = (name: NumberName, label: string, step: number) => (
    <Field label={label} problem={problems.get(name)}>
      {(ids) => (
        <NumberInput
          {...ids}
          step={step}
          value={film[name]}
          onValue={(value) => changeFilm({ [name]: value })}
        />
      )}
    </Field>
  );
  return (
    <div className="film-settings">
      <FilmSize />
      <div className="pair">
        {number('sceneDurationSec', 'Scene length (seconds)', 0.5)}
        {number('fps', 'Frames per second', 1)}
      </div>
      <div className="pair">
        <TransitionFields
          value={film.transition}
          onValue={(transition) => changeFilm({ transition })}
          problems={problems}
          at="transition"
        />
        <SelectField
          label="Transitions take"
          value={film.transitionMode}
          onValue={(transitionMode) => changeFilm({ transitionMode })}
          options={transitionModeOptions}
        />
        <SelectField
          label="Motion"
          value={film.motion}
          onValue={(motion) => changeFilm({ motion })}
          options={motionOptions}
        />
      </div>
      <CaptionSwitch />
      <MusicField />
      <Drawing film={film} problems={problems} />
    </div>
  );
}

const transitionModeOptions = [
  { value: 'insert', label: 'Extra frames' },
  { value: 'overlap', label: 'The scenes’ frames' },
] as const;

const seedModeOptions = [
  { value: 'common', label: 'One for all scenes' },
  { value: 'per-scene', label: 'One for each scene' },
] as const;

/** How the pictures are drawn. */
function Drawing({ film, problems }: { film: FilmProject; problems: ReadonlyMap<string, string> }) {
  const { changeFilm, rollFilmSeed } = useFilmActions();
  return (
    <>
      <Field label="Negative prompt" problem={problems.get('negativePrompt')}>
        {(ids) => (
          <textarea
            {...ids}
            className="input"
            rows={1}
            placeholder="What should be in no scene"
            value={film.negativePrompt}
            onChange={(event) => changeFilm({ negativePrompt: event.target.value })}
          />
        )}
      </Field>
      <div className="pair">
        <SelectField
          label="Starting noise"
          value={film.seedMode}
          onValue={(seedMode) => changeFilm({ seedMode })}
          options={seedModeOptions}
          hint={film.seedMode === 'common' ? 'Keeps the hero’s looks alike.' : undefined}
        />
        <Field label="Seed" problem={problems.get('seed')}>
          {(ids) => (
            <div className="optional-row">
              <NumberInput {...ids} value={film.seed} onValue={(seed) => changeFilm({ seed })} />
              <IconButton label="New random seed" icon={Dices} className="outline" onClick={rollFilmSeed} />
            </div>
          )}
        </Field>
      </div>
      <SliderField
        label="Steps"
        {...filmLimits.steps}
        step={1}
        value={film.steps}
        onValue={(steps) => changeFilm({ steps })}
        problem={problems.get('steps')}
      />
      <SliderField
        label="Guidance"
        {...filmLimits.guidanceScale}
        step={0.1}
        value={film.guidanceScale}
        onValue={(guidanceScale) => changeFilm({ guidanceScale })}
        problem={problems.get('guidanceScale')}
        hint="How closely the pictures follow the prompts."
      />
    </>
  );
}

function CaptionSwitch() {
  const { changeFilm } = useFilmActions();
  const captioned = useFilmState((state) => state.project.captioned);
  const id = useId();
  return (
    <div className="switch-row">
      <label className="label" htmlFor={id}>
        Captions
        <span className="hint">Each scene’s prompt, or words of your own, over the picture</span>
      </label>
      <Switch.Root
        id={id}
        className="switch"
        checked={captioned}
        onCheckedChange={(on) => changeFilm({ captioned: on })}
      >
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
    </div>
  );
}
