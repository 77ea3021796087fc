/** A film becomes a file: pictures first if some are missing, then the video worker. */
import { isAbort, toPlainError } from '../../domain/errors.ts';
import { filmRecipeJson } from '../../domain/recipe/film-recipe.ts';
import { slug } from '../../domain/recipe/file-name.ts';
import { requirePlan } from '../../domain/video/limits.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import type { ExportedFilm, ExportEvent, FilmFormat, VideoNotice } from '../../engine/video-protocol.ts';
import { currentModel } from '../shell/app-state.ts';
import { filmSource, type FilmContext } from './film-context.ts';
import { filmWork } from '../making/film-as-work.ts';
import { measuredTiming, storeEncodeTimings } from '../making/encode-timings.ts';
import { runMaking } from './film-run.ts';
import { filmTitle, type OutputState } from './film-state.ts';

export const fileExtensions: Record<FilmFormat, string> = {
  mp4: 'mp4',
  webm: 'webm',
  gif: 'gif',
  'png-zip': 'zip',
};

type Running = Extract<OutputState, { status: 'running' }>;

/** Settles whatever happens: the store then says how it ended. */
export async function runExport(context: FilmContext): Promise<void> {
  const { store, open, deps } = context;
  const controller = new AbortController();
  open.exporting = controller;
  letGo(context);
  const { format } = store.getState();
  store.setState({
    output: { status: 'running', format, now: { stage: 'pictures' }, expectedEndMs: null, cancelling: false },
  });
  const letSleep = deps.app.deps.keepAwake();
  try {
    const made = await runMaking(context, () => true);
    controller.signal.throwIfAborted();
    if (made) await writeFilm(context, format, controller.signal);
    // The storyboard tells why it stopped.
    else store.setState({ output: { status: 'none' } });
  } catch (error) {
    store.setState({
      output: isAbort(error) ? { status: 'cancelled' } : { status: 'failed', error: toPlainError(error) },
    });
  } finally {
    open.exporting = null;
    letSleep();
  }
}

/** A long film's encoder needs the memory that an idle engine holds, a third of a gigabyte and more; it is loaded again when it is next needed. */
const longFilmPixels = 1e9;
/** Chromium gives threads that wait in WebAssembly two seconds to end; only then is their memory back, and nothing tells. */
const memoryReturnsMs = 2500;

export async function makeRoom(
  { app: { host, jobs }, pause }: FilmContext['deps'],
  project: FilmProject,
): Promise<void> {
  const pixels = requirePlan(project).totalFrames * project.width * project.height;
  // The film's own place in line is no work for the engine.
  const isIdle = jobs.kinds().every((kind) => kind === 'line');
  if (pixels <= longFilmPixels || !isIdle || !host.running()) return;
  host.stop();
  await pause(memoryReturnsMs);
}

async function writeFilm(context: FilmContext, format: FilmFormat, signal: AbortSignal): Promise<void> {
  const { store, assets, deps } = context;
  const { project, encoder } = store.getState();
  const plan = requirePlan(project);
  await makeRoom(deps, project);
  let notice: VideoNotice | null = null;
  const beganMs = deps.app.deps.now();
  const onEvent = (event: ExportEvent) => {
    if (event.phase === 'notice') notice = event.notice;
    else progressed(context, event, beganMs);
  };
  const params = {
    film: filmSource(project, assets),
    format,
    encoder,
    comment: filmRecipeJson(project, currentModel(deps.app.store.getState()).ref, deps.app.deps.appName),
    music: (project.music && assets.get(project.music.assetId)) ?? null,
  };
  const exported = await context.video().call('export', params, { signal, onEvent });
  finish(context, project, format, exported, plan.totalDurationSec, notice);
  await keepInGallery(context, project, assets, exported.file, params.comment);
}

function progressed(
  { store, deps }: FilmContext,
  event: Exclude<ExportEvent, { phase: 'notice' }>,
  beganMs: number,
): void {
  const nowMs = deps.app.deps.now();
  store.setState(({ output }) => {
    if (output.status !== 'running') return {};
    if (event.phase !== 'frames') return { output: { ...output, now: { stage: event.phase } } };
    const { done, total } = event;
    const expectedEndMs = nowMs + ((nowMs - beganMs) / done) * (total - done);
    return { output: { ...output, now: { stage: 'frames', done, total }, expectedEndMs } satisfies Running };
  });
}

function finish(
  { store, open, deps }: FilmContext,
  project: FilmProject,
  format: FilmFormat,
  { file, encoder, totalFrames, elapsedMs }: ExportedFilm,
  durationSec: number,
  notice: VideoNotice | null,
): void {
  const seconds = elapsedMs / 1000;
  open.file = file;
  keepEncodeTiming({ store, deps }, project, format, { file, totalFrames, elapsedMs });
  store.setState({
    output: {
      status: 'done',
      notice,
      film: {
        url: deps.app.deps.images.createUrl(file),
        fileName: filmFileName(project, format),
        mediaType: file.type,
        sizeBytes: file.size,
        durationSec,
        encoder,
        seconds,
      },
    },
  });
}

export const filmFileName = (project: FilmProject, format: FilmFormat) =>
  `${slug(filmTitle(project)) || 'untitled-film'}.${fileExtensions[format]}`;

export function keepEncodeTiming(
  { store, deps }: Pick<FilmContext, 'store' | 'deps'>,
  project: FilmProject,
  format: FilmFormat,
  { file, totalFrames, elapsedMs }: Pick<ExportedFilm, 'file' | 'totalFrames' | 'elapsedMs'>,
): void {
  const seconds = elapsedMs / 1000;
  const timing = measuredTiming({ ...project, totalFrames }, { sizeBytes: file.size, seconds });
  const timings = { ...store.getState().timings, [format]: timing };
  storeEncodeTimings(deps.app.deps.storage, timings);
  store.setState({ timings });
}

/** Whether it lies there now: single frames in a zip are no film to look at. */
export async function keepInGallery(
  { deps }: FilmContext,
  project: FilmProject,
  assets: ReadonlyMap<string, Blob>,
  file: Blob,
  recipeJson: string,
): Promise<boolean> {
  const work = filmWork(project, assets, file, recipeJson);
  return work !== null && (await deps.keepWork(work)) !== null;
}

/** The last film is not needed any more when a new one is begun. */
export function letGo({ store, open, deps }: FilmContext): void {
  const { output } = store.getState();
  if (output.status === 'done') deps.app.deps.images.revokeUrl(output.film.url);
  open.file = null;
  store.setState({ output: { status: 'none' } });
}
