/** Frames of the film as it is now, drawn by the same function that writes the file. */
import { AppError } from '../../domain/errors.ts';
import { planFilm, type FilmPlan } from '../../domain/video/plan.ts';
import { filmProblems } from '../../domain/video/check-film.ts';
import { filmShape, type FilmProject } from '../../domain/video/project.ts';
import type { FilmSource } from '../../engine/video-protocol.ts';
import { type FilmContext } from './film-context.ts';
import { musicSources } from '../making/film-file.ts';
import { filmSource } from '../making/film-source.ts';

export interface FilmPlayer {
  /** Names what the film looks like: equal names, equal frames. Null where it cannot be laid out. */
  look(project: FilmProject): string | null;
  /** Throws what the video worker throws, and `bad-input` where the film cannot be laid out. */
  frame(index: number): Promise<ImageBitmap>;
  /** How much there is to see in its frames, once all its pictures are there; null before, and where the video worker cannot tell. */
  detail(project: FilmProject): Promise<number | null>;
  /** The music as it lies under a film of so many seconds. Throws as the video worker's `soundtrack`. */
  soundtrack(project: FilmProject, filmSec: number): Promise<Blob>;
}

export function createFilmPlayer(context: FilmContext): FilmPlayer {
  const { store, assets, open } = context;
  let opened = '';
  let looked = { name: '', detail: Promise.resolve<number | null>(null) };

  const lookOf = (project: FilmProject): { source: FilmSource; name: string } | null => {
    if (!playablePlan(project)) return null;
    const source = filmSource(project, assets);
    const ids = [
      source.scenes.map((each) => each?.id),
      source.inBetweens.map((row) => row.map(({ id }) => id)),
    ];
    const { shape, width, height, fitting } = source;
    return { source, name: JSON.stringify([shape, width, height, fitting, ids, open.videoRuns]) };
  };

  /** By its pictures and their size: words and lengths change little of it. */
  const detailOf = (source: FilmSource) => {
    const { width, height, fitting, scenes } = source;
    const name = JSON.stringify([width, height, fitting, scenes.map((each) => each?.id), open.videoRuns]);
    if (looked.name === name) return looked.detail;
    // Nothing but a guess depends on it; what is wrong with a picture is told when the film is shown or made.
    const detail = context
      .video()
      .call('detail', { film: source })
      .catch(() => null);
    looked = { name, detail };
    return detail;
  };

  return {
    detail: async (project) => {
      const source = lookOf(project)?.source;
      return source?.scenes.every((scene) => scene !== null) ? detailOf(source) : null;
    },
    soundtrack: (project, filmSec) =>
      context.video().call('soundtrack', { music: musicSources(project, assets), filmSec }),
    look: (project) => lookOf(project)?.name ?? null,
    frame: async (index) => {
      const look = lookOf(store.getState().project);
      if (!look) throw new AppError('bad-input', 'This film cannot be laid out.');
      const video = context.video();
      if (opened !== look.name) {
        opened = look.name;
        await video.call('open', { film: look.source });
      }
      let bitmap: ImageBitmap | undefined;
      await video.call('frame', { index }, { onEvent: (event) => (bitmap = event.bitmap) });
      if (!bitmap) throw new AppError('internal', 'The video worker ended without a frame.');
      return bitmap;
    },
  };
}

/** Scenes without words can be played, a film with a wrong number cannot. */
export function playablePlan(project: FilmProject): FilmPlan | null {
  const inTheWay = filmProblems(project).filter(
    ({ field }) => !/^scenes\.\d+\.prompt$/.test(field) && field !== 'scenes',
  );
  if (inTheWay.length > 0 || project.scenes.length === 0) return null;
  try {
    return planFilm(filmShape(project));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
