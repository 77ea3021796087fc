import { useEffect, useMemo, useState } from 'react';
import { estimateFilm, filmFacts } from '../../../domain/video/estimate.ts';
import type { FilmProject } from '../../../domain/video/project.ts';
import { picturesToMake } from '../../../domain/video/pictures.ts';
import { sceneSettings } from '../../../domain/video/prompts.ts';
import { useAppState } from '../hooks.ts';
import type { FilmView } from '../film-context.ts';
import { playablePlan } from '../film-player.ts';
import { filmModel } from '../film-state.ts';
import { speedTimes, type SpeedTimes } from '../../making/timings.ts';
import { SpeedOffer } from '../../making/ui/speed-offer.tsx';
import { useFilm, useFilmActions, useFilmState } from './use-film.tsx';
import { currentModel } from '../../models/chosen-model.ts';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';
import styles from './plan-line.module.css';

/** What the film will be and cost, by this device's own measured times. */
export function PlanLine() {
  const words = useWords();
  const { film, common, format: formats } = words;
  const project = useFilmState((state) => state.project);
  const format = useFilmState((state) => state.format);
  const measured = useAppState((state) => state.encodeTimings[format] ?? null);
  const detail = useDetail(project);
  const picture = useAppState((state) => secondsPerPicture(state, project));
  const toMake = useAppState((state) => picturesToMake(project, filmModel(state)).length);
  const plan = useMemo(() => playablePlan(project), [project]);
  if (!plan) return <p className={`${styles.plan} problem`}>{film.planWrong}</p>;
  const timing = { pictureSec: picture, measured };
  const { generationSec, encodeSec, fileBytes } = estimateFilm(
    plan,
    filmFacts(project, format, detail),
    toMake,
    timing,
  );
  const time = generationSec === null ? null : generationSec + encodeSec;
  return (
    <>
      <dl className={styles.plan}>
        <Fact name={film.planFrames} value={common.frames(plan.totalFrames)} />
        <Fact name={film.planLength} value={formats.seconds(plan.totalDurationSec)} />
        <Fact name={film.planFile} value={film.about(formats.bytes(fileBytes))} />
        <Fact name={film.planToMake} value={film.toMake(toMake, timeWords(words, time))} named />
      </dl>
      {toMake > 0 && project.speed === 'exact' ? <FastOffer project={project} /> : null}
    </>
  );
}

/** Where one exact picture takes long here. */
function FastOffer({ project }: { project: FilmProject }) {
  const { changeFilm } = useFilmActions();
  const exactSec = useAppState((state) => timesPerPicture(state, project)?.exactSec ?? null);
  const fastSec = useAppState((state) => timesPerPicture(state, project)?.fastSec ?? null);
  const times = exactSec === null || fastSec === null ? null : { exactSec, fastSec };
  return <SpeedOffer times={times} onFast={() => changeFilm({ speed: 'fast' })} />;
}

/** How much there is to see in the film, a moment after it was changed. */
function useDetail(project: FilmProject): number | null {
  const { player } = useFilm();
  const [detail, setDetail] = useState<number | null>(null);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      void player.detail(project).then((found) => {
        if (current) setDetail(found);
      });
    }, settledMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [player, project]);
  return detail;
}

/** What is being typed or dragged is not looked at. */
const settledMs = 300;

/** Values that speak for themselves have their name only for those who hear the page. */
function Fact({ name, value, named = false }: { name: string; value: string; named?: boolean }) {
  return (
    <div>
      <dt className={named ? undefined : 'visually-hidden'}>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const timeWords = ({ film, format }: Words, seconds: number | null): string =>
  seconds === null ? film.notMeasured : film.about(format.wholeSeconds(seconds));

function timesPerPicture(state: FilmView, project: FilmProject): SpeedTimes | null {
  const [scene] = project.scenes;
  const { engine } = state;
  if (!scene) return null;
  const backend = engine.status === 'ready' ? engine.model.backend : 'wasm';
  const settings = sceneSettings(project, scene, filmModel(state));
  return speedTimes(state.timings, currentModel(state).ref, backend, settings);
}

function secondsPerPicture(state: FilmView, project: FilmProject): number | null {
  const times = timesPerPicture(state, project);
  return times && (project.speed === 'fast' ? times.fastSec : times.exactSec);
}
