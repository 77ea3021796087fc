import { lazy, Suspense } from 'react';
import { sceneSeed } from '../../../domain/video/prompts.ts';
import { motionIds, type MotionId } from '../../../domain/video/motion.ts';
import type { FilmScene } from '../../../domain/video/project.ts';
import { SelectField } from '../../base/controls/select-field.tsx';
import { choices } from './film-words.ts';
import { OptionalNumber } from './optional-number.tsx';
import { useFilmActions, useFilmProblems, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';

const SceneCaption = lazy(() => import('./scene-caption.tsx'));

const asFilm = 'film';

/** What is different in this scene. */
export function SceneOptions({ scene, index }: { scene: FilmScene; index: number }) {
  const { film: words, common } = useWords();
  const { changeScene } = useFilmActions();
  const film = useFilmState((state) => state.project);
  const problems = useFilmProblems();
  const change = (changed: Partial<FilmScene>) => changeScene(scene.id, changed);
  const at = `scenes.${index}`;
  return (
    <>
      <div className="pair">
        <OptionalNumber
          label={words.lengthSeconds}
          value={scene.durationSec}
          filmValue={film.sceneDurationSec}
          step={0.5}
          onValue={(durationSec) => change({ durationSec })}
          problem={problems.get(`${at}.durationSec`)}
        />
        <SelectField<MotionId | typeof asFilm>
          label={words.motion}
          value={scene.motion ?? asFilm}
          onValue={(motion) => change({ motion: motion === asFilm ? null : motion })}
          options={[
            { value: asFilm, label: words.asFilmNamed(words.motions[film.motion]) },
            ...choices(motionIds, words.motions),
          ]}
        />
        <OptionalNumber
          label={common.seed}
          value={scene.seed}
          filmValue={sceneSeed(film, { ...scene, seed: null })}
          onValue={(seed) => change({ seed })}
          problem={problems.get(`${at}.seed`)}
        />
      </div>
      {film.captioned ? (
        <Suspense fallback={null}>
          <SceneCaption scene={scene} />
        </Suspense>
      ) : null}
    </>
  );
}
