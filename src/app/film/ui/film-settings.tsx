import { Dices } from 'lucide-react';
import { useId } from 'react';
import { limits } from '../../../domain/limits.ts';
import type { FilmProject } from '../../../domain/video/project.ts';
import { Field } from '../../base/controls/field.tsx';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { SelectField } from '../../base/controls/select-field.tsx';
import { SliderField } from '../../base/controls/slider-field.tsx';
import { SwitchRow } from '../../base/controls/switch-row.tsx';
import { FilmSize } from './film-size.tsx';
import { captionSizes } from '../../../domain/video/caption-size.ts';
import { fittings } from '../../../domain/video/fitting.ts';
import { motionIds } from '../../../domain/video/motion.ts';
import { choices } from './film-words.ts';
import { MusicField } from './music-field.tsx';
import { SpeedChoice } from '../../making/ui/speed-choice.tsx';
import { TransitionFields } from './transition-fields.tsx';
import { useFilmActions, useFilmProblems, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './film-settings.module.css';
import optional from './optional-number.module.css';

/** Those of cinema, television and displays; any other whole number can be typed. */
const usualRates = [12, 23.976, 24, 25, 29.97, 30, 50, 59.94, 60];

/** Everything that has a good default. */
export default function FilmSettings() {
  const { film: words } = useWords();
  const { changeFilm } = useFilmActions();
  const film = useFilmState((state) => state.project);
  const problems = useFilmProblems();
  return (
    <div className={styles.settings}>
      <FilmSize />
      <div className="pair">
        <Field label={words.sceneLength} problem={problems.get('sceneDurationSec')}>
          {(ids) => (
            <NumberInput
              {...ids}
              step={0.5}
              value={film.sceneDurationSec}
              onValue={(sceneDurationSec) => changeFilm({ sceneDurationSec })}
            />
          )}
        </Field>
        <FrameRate />
      </div>
      <div className="pair">
        <TransitionFields
          value={film.transition}
          onValue={(transition) => changeFilm({ transition })}
          problems={problems}
          at="transition"
        />
        <SelectField
          label={words.transitionsTake}
          value={film.transitionMode}
          onValue={(transitionMode) => changeFilm({ transitionMode })}
          options={choices(['insert', 'overlap'], words.transitionModes)}
        />
        <SelectField
          label={words.motion}
          value={film.motion}
          onValue={(motion) => changeFilm({ motion })}
          options={choices(motionIds, words.motions)}
        />
      </div>
      <SelectField
        label={words.fitting}
        value={film.fitting}
        onValue={(fitting) => changeFilm({ fitting })}
        options={choices(fittings, words.fittings)}
      />
      <CaptionSwitch />
      {film.captioned ? (
        <SelectField
          label={words.captionSize}
          value={film.captionSize}
          onValue={(captionSize) => changeFilm({ captionSize })}
          options={choices(captionSizes, words.captionSizes)}
        />
      ) : null}
      <MusicField />
      <Drawing film={film} problems={problems} />
    </div>
  );
}

function FrameRate() {
  const { film: words } = useWords();
  const { changeFilm } = useFilmActions();
  const fps = useFilmState(({ project }) => project.fps);
  const problem = useFilmProblems().get('fps');
  const rates = useId();
  return (
    <Field label={words.fps} problem={problem}>
      {(ids) => (
        <>
          <NumberInput {...ids} step="any" list={rates} value={fps} onValue={(fps) => changeFilm({ fps })} />
          <datalist id={rates}>
            {usualRates.map((rate) => (
              <option key={rate} value={rate} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

/** How the pictures are drawn. */
function Drawing({ film, problems }: { film: FilmProject; problems: ReadonlyMap<string, string> }) {
  const { film: words, common } = useWords();
  const { changeFilm, rollFilmSeed } = useFilmActions();
  return (
    <>
      <Field label={common.negativePrompt} problem={problems.get('negativePrompt')}>
        {(ids) => (
          <textarea
            {...ids}
            className="input"
            rows={1}
            dir="auto"
            placeholder={words.negativeHint}
            value={film.negativePrompt}
            onChange={(event) => changeFilm({ negativePrompt: event.target.value })}
          />
        )}
      </Field>
      <div className="pair">
        <SelectField
          label={words.startingNoise}
          value={film.seedMode}
          onValue={(seedMode) => changeFilm({ seedMode })}
          options={choices(['common', 'per-scene'], words.seedModes)}
          hint={film.seedMode === 'common' ? words.startingNoiseHint : undefined}
        />
        <Field label={common.seed} problem={problems.get('seed')}>
          {(ids) => (
            <div className={optional.row}>
              <NumberInput {...ids} value={film.seed} onValue={(seed) => changeFilm({ seed })} />
              <IconButton label={common.newSeed} icon={Dices} className="outline" onClick={rollFilmSeed} />
            </div>
          )}
        </Field>
      </div>
      <SliderField
        label={common.steps}
        {...limits.steps}
        step={1}
        value={film.steps}
        onValue={(steps) => changeFilm({ steps })}
        problem={problems.get('steps')}
      />
      <SliderField
        label={common.guidance}
        {...limits.guidanceScale}
        step={0.1}
        value={film.guidanceScale}
        onValue={(guidanceScale) => changeFilm({ guidanceScale })}
        problem={problems.get('guidanceScale')}
        hint={words.guidanceHint}
      />
      <SpeedChoice value={film.speed} onValue={(speed) => changeFilm({ speed })} />
    </>
  );
}

function CaptionSwitch() {
  const { film: words } = useWords();
  const { changeFilm } = useFilmActions();
  const captioned = useFilmState((state) => state.project.captioned);
  return (
    <SwitchRow
      label={words.captions}
      hint={words.captionsHint}
      checked={captioned}
      onChecked={(on) => changeFilm({ captioned: on })}
    />
  );
}
