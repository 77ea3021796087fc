/** A film whose pictures are there becomes a file. */
import type { ModelRef } from '../../domain/model/model.ts';
import { filmRecipeJson } from '../../domain/recipe/film-recipe.ts';
import { requirePlan } from '../../domain/video/check-film.ts';
import { slug } from '../../domain/recipe/file-name.ts';
import { musicPieces, type FilmProject } from '../../domain/video/project.ts';
import type { FilmFormat } from '../../domain/video/film-format.ts';
import type {
  EncoderChoice,
  ExportedFilm,
  ExportEvent,
  MusicSource,
  VideoEngine,
} from '../../engine/video-protocol.ts';
import { filmWork } from './film-as-work.ts';
import { filmSource } from './film-source.ts';
import type { MakingContext } from './making-context.ts';
import type { NewWork } from './new-work.ts';
import { keepEncodeTiming } from './keep-encode-timing.ts';

export type ExportStage =
  | { readonly stage: 'pictures' }
  | { readonly stage: 'load-encoder' }
  | { readonly stage: 'frames'; readonly done: number; readonly total: number }
  | { readonly stage: 'finish' };

export interface FilmToWrite {
  readonly project: FilmProject;
  /** Pictures and sounds, by asset id. */
  readonly assets: ReadonlyMap<string, Blob>;
  /** What made its pictures. */
  readonly model: ModelRef;
  readonly format: FilmFormat;
  readonly encoder: EncoderChoice;
}

export interface WrittenFilm extends ExportedFilm {
  /** As the gallery keeps it; null where it is no film to look at. */
  readonly work: NewWork | null;
}

/** Who writes has the engine's turn, or leaves it to others meanwhile. */
export type EngineTurn = 'mine' | 'free';

/** Throws as the video worker's `export`. */
export async function writeFilm(
  context: MakingContext,
  { project, assets, model, format, encoder }: FilmToWrite,
  video: VideoEngine,
  turn: EngineTurn,
  { signal, onEvent }: { readonly signal: AbortSignal; readonly onEvent?: (event: ExportEvent) => void },
): Promise<WrittenFilm> {
  const comment = filmRecipeJson(project, model, context.deps.appName);
  const { silentTrack, gif } = project;
  const params = {
    film: filmSource(project, assets),
    format,
    encoder,
    comment,
    music: musicSources(project, assets),
    silentTrack,
    gif,
    name: framesFolder(project),
  };
  await makeRoom(context, project, turn);
  const detail = await video.call('detail', { film: params.film }, { signal });
  const exported = await video.call('export', params, { signal, ...(onEvent && { onEvent }) });
  keepEncodeTiming(context, { project, format, detail, file: exported });
  return { ...exported, work: filmWork(project, assets, exported, comment) };
}

/** The pieces whose files are there. */
export function musicSources(project: FilmProject, assets: FilmToWrite['assets']): MusicSource[] {
  return musicPieces(project).flatMap(({ assetId, volumePercent, startSec }) => {
    const file = assets.get(assetId);
    return file ? [{ file, volume: volumePercent / 100, startSec }] : [];
  });
}

/** What editors ask for with a folder of single frames is in its name: `a-red-robot-24fps`. */
const framesFolder = (project: FilmProject) =>
  `${slug(project.title || (project.scenes[0]?.prompt ?? '')) || 'film'}-${project.fps}fps`;

/** In a worker of its own, whose memory comes back with its end; what plays goes on with its own film. */
export async function inOwnWorker<T>(
  start: () => VideoEngine | Promise<VideoEngine>,
  act: (video: VideoEngine) => Promise<T>,
): Promise<T> {
  const video = await start();
  try {
    return await act(video);
  } finally {
    video.terminate();
  }
}

/** Facts of the writing, with its end by the clock of `now`; null while there is nothing to judge by. */
export function exportTeller(
  now: () => number,
  tell: (stage: ExportStage, expectedEndMs: number | null) => void,
): (event: ExportEvent) => void {
  const beganMs = now();
  return (event) => {
    if (event.phase === 'notice') return;
    if (event.phase !== 'frames') return tell({ stage: event.phase }, null);
    const { done, total } = event;
    const nowMs = now();
    tell({ stage: 'frames', done, total }, nowMs + ((nowMs - beganMs) / done) * (total - done));
  };
}

/** A long film's encoder needs the memory that an idle engine holds, a third of a gigabyte and more; it is loaded again when it is next needed. */
const longFilmPixels = 1e9;
/** Chromium gives threads that wait in WebAssembly two seconds to end; only then is their memory back, and nothing tells. */
const memoryReturnsMs = 2500;

async function makeRoom(
  { deps, host, turns }: MakingContext,
  project: FilmProject,
  turn: EngineTurn,
): Promise<void> {
  const pixels = requirePlan(project).totalFrames * project.width * project.height;
  // The film's own place in the queue is no work for the engine.
  const isIdle = turn === 'mine' || turns.kinds().every((kind) => kind === 'queue');
  if (pixels <= longFilmPixels || !isIdle || !host.running()) return;
  host.stop();
  await deps.pause(memoryReturnsMs);
}
