/** A film job of the line: what is asked for now, made later, whatever becomes of the storyboard until then. */
import { isAbort, toPlainError } from '../../domain/errors.ts';
import { filmRecipeJson } from '../../domain/recipe/film-recipe.ts';
import type { FilmJob } from '../../domain/recipe/queue-job.ts';
import { estimateFilm } from '../../domain/video/estimate.ts';
import { requirePlan } from '../../domain/video/limits.ts';
import { assetIds, picturesToMake } from '../../domain/video/pictures.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import type { ExportEvent, FilmFormat } from '../../engine/video-protocol.ts';
import { filmSource, toast, type FilmContext } from './film-context.ts';
import { filmFileName, keepEncodeTiming, keepInGallery, makeRoom } from './film-output.ts';
import { filmModel, filmTitle } from './film-state.ts';
import { makeJobPictures } from './film-job-pictures.ts';
import type { QueueEnd, QueueTools } from '../queue/queue.ts';
import { chosenModel } from '../making/load-model.ts';
import { modelOfJob } from '../picture/picture-job.ts';
import { message } from '../words/message.ts';

/** The storyboard as it is now. `format` null: only its pictures. The film must be one that can be made. */
export function filmJob({ store, deps }: FilmContext, format: FilmFormat | null): FilmJob {
  const { project, encoder, timings } = store.getState();
  const { model, backend } = chosenModel(deps.app);
  const tasks = picturesToMake(project, filmModel(deps.app.store.getState()));
  const [first] = tasks;
  const { width, height } = first ? (first.kind === 'scene' ? first.settings : first.settings.from) : project;
  const { encodeSec } = estimateFilm(requirePlan(project), project, 0, {
    pictureSec: 0,
    ...(timings[format ?? 'mp4'] ?? { encodeSecPerMegapixel: null, bytesPerMegapixel: null }),
  });
  const { steps, guidanceScale } = project;
  return {
    kind: 'film',
    label: filmTitle(project),
    model: { id: model.ref.id, revision: model.ref.revision },
    backend,
    project,
    format,
    encoder,
    cost: { pictures: tasks.length, steps, width, height, guidanceScale, encodeSec },
  };
}

/** Pictures first, then the file, which goes to the gallery. Settles whatever happens. */
export async function runFilmJob(context: FilmContext, job: FilmJob, tools: QueueTools): Promise<QueueEnd> {
  const letSleep = context.deps.app.deps.keepAwake();
  try {
    const project = await makeJobPictures(context, job, tools);
    if (job.format === null) {
      toast(context, message('filmPicturesReady', job.label));
      return { status: 'done' };
    }
    return await writeJobFilm(context, { ...job, project, format: job.format }, tools);
  } catch (error) {
    return isAbort(error)
      ? { status: 'cancelled' }
      : { status: 'failed', error: toPlainError(error), shown: false };
  } finally {
    letSleep();
  }
}

async function writeJobFilm(
  context: FilmContext,
  { project, format, encoder, label, ...job }: FilmJob & { readonly format: FilmFormat },
  { signal, report }: QueueTools,
): Promise<QueueEnd> {
  const { app } = context.deps;
  const assets = await assetsOf(context, project);
  const comment = filmRecipeJson(project, modelOfJob(app, job).ref, app.deps.appName);
  const music = (project.music && assets.get(project.music.assetId)) ?? null;
  const params = { film: filmSource(project, assets), format, encoder, comment, music };
  await makeRoom(context.deps, project);
  // A worker of its own: the player goes on with its own film, and the memory comes back at the end.
  const video = context.deps.createVideo(() => undefined);
  try {
    const onEvent = reporter(context, report);
    const exported = await video.call('export', params, { signal, onEvent });
    keepEncodeTiming(context, project, format, exported);
    if (await keepInGallery(context, project, assets, exported.file, comment)) {
      toast(context, message('filmReady', label));
      return { status: 'done' };
    }
    return { status: 'file', file: exported.file, fileName: filmFileName(project, format) };
  } finally {
    video.terminate();
  }
}

async function assetsOf({ assets, deps }: FilmContext, project: FilmProject): Promise<Map<string, Blob>> {
  const found = new Map<string, Blob>();
  for (const id of assetIds(project)) {
    const asset = assets.get(id) ?? (await deps.projects.asset(id));
    if (asset) found.set(id, asset);
  }
  return found;
}

function reporter({ deps }: FilmContext, report: QueueTools['report']): (event: ExportEvent) => void {
  const beganMs = deps.app.deps.now();
  return (event) => {
    if (event.phase === 'notice') return;
    if (event.phase !== 'frames')
      return report({ kind: 'file', now: { stage: event.phase }, expectedEndMs: null });
    const { done, total } = event;
    const nowMs = deps.app.deps.now();
    const expectedEndMs = nowMs + ((nowMs - beganMs) / done) * (total - done);
    report({ kind: 'file', now: { stage: 'frames', done, total }, expectedEndMs });
  };
}
