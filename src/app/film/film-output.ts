/** A film becomes a file in front of the person's eyes: pictures first if some are missing, then the video worker. */
import { isAbort, toPlainError } from '../../domain/errors.ts';
import { slug } from '../../domain/recipe/file-name.ts';
import { requirePlan } from '../../domain/video/check-film.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import type { FilmFormat } from '../../domain/video/film-format.ts';
import type { ExportedFilm, ExportEvent, VideoNotice } from '../../engine/video-protocol.ts';
import { exportTeller, writeFilm, type ExportStage } from '../making/film-file.ts';
import type { Maker } from '../making/making-context.ts';
import { chosenModel } from '../models/chosen-model.ts';
import type { FilmContext } from './film-context.ts';
import { runMaking } from './film-run.ts';
import { filmTitle } from './film-state.ts';

const fileExtensions: Record<FilmFormat, string> = {
  mp4: 'mp4',
  webm: 'webm',
  gif: 'gif',
  'png-zip': 'zip',
};

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
  const maker = chosenModel(deps.app);
  const letSleep = deps.app.deps.keepAwake();
  try {
    const made = await runMaking(context, () => true, maker);
    controller.signal.throwIfAborted();
    if (made) await write(context, format, maker, controller.signal);
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

async function write(
  context: FilmContext,
  format: FilmFormat,
  { model }: Maker,
  signal: AbortSignal,
): Promise<void> {
  const { store, assets, deps } = context;
  const { project, encoder } = store.getState();
  let notice: VideoNotice | null = null;
  const tell = exportTeller(deps.app.deps.now, (now, expectedEndMs) =>
    showStage(context, now, expectedEndMs),
  );
  const onEvent = (event: ExportEvent) => {
    if (event.phase === 'notice') notice = event.notice;
    tell(event);
  };
  const film = { project, assets, model: model.ref, format, encoder };
  const { work, ...exported } = await writeFilm(deps.app, film, context.video(), 'free', { signal, onEvent });
  finish(context, project, format, exported, notice);
  if (work) await deps.keepWork(work);
}

function showStage({ store }: FilmContext, now: ExportStage, expectedEndMs: number | null): void {
  const { output } = store.getState();
  if (output.status !== 'running') return;
  store.setState({ output: { ...output, now, expectedEndMs: expectedEndMs ?? output.expectedEndMs } });
}

function finish(
  { store, open, deps }: FilmContext,
  project: FilmProject,
  format: FilmFormat,
  { file, width, height, encoder, elapsedMs }: ExportedFilm,
  notice: VideoNotice | null,
): void {
  open.file = file;
  store.setState({
    output: {
      status: 'done',
      notice,
      film: {
        url: deps.app.deps.images.createUrl(file),
        fileName: filmFileName(project, format),
        mediaType: file.type,
        sizeBytes: file.size,
        smaller: width === project.width && height === project.height ? null : { width, height },
        durationSec: requirePlan(project).totalDurationSec,
        encoder,
        seconds: elapsedMs / 1000,
      },
    },
  });
}

export const filmFileName = (project: FilmProject, format: FilmFormat) =>
  `${slug(filmTitle(project)) || 'untitled-film'}.${fileExtensions[format]}`;

/** The last film is not needed any more when a new one is begun. */
export function letGo({ store, open, deps }: FilmContext): void {
  const { output } = store.getState();
  if (output.status === 'done') deps.app.deps.images.revokeUrl(output.film.url);
  open.file = null;
  store.setState({ output: { status: 'none' } });
}
