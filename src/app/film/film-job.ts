/** A film job of the queue: what is asked for now, made later, whatever becomes of the storyboard until then. */
import { isAbort, toPlainError } from '../../domain/errors.ts';
import type { FilmJob } from '../../domain/recipe/queue-job.ts';
import { estimateFilm, filmFacts } from '../../domain/video/estimate.ts';
import { requirePlan } from '../../domain/video/check-film.ts';
import { assetIds, picturesToMake } from '../../domain/video/pictures.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import type { FilmFormat } from '../../domain/video/film-format.ts';
import { exportTeller, inOwnWorker, writeFilm } from '../making/film-file.ts';
import { firstSettings } from '../making/film-tasks.ts';
import { chosenModel, modelNamed } from '../models/chosen-model.ts';
import type { QueueEnd, QueueTools } from '../queue/queue.ts';
import { message } from '../words/message.ts';
import { toast, type FilmContext } from './film-context.ts';
import { makeJobPictures } from './film-job-pictures.ts';
import { filmFileName } from './film-output.ts';
import { filmModel, filmTitle } from './film-state.ts';

/** The storyboard as it is now. `format` null: only its pictures. The film must be one that can be made. */
export function filmJob({ store, deps }: FilmContext, format: FilmFormat | null): FilmJob {
  const { project, encoder } = store.getState();
  const { model, backend } = chosenModel(deps.app);
  const tasks = picturesToMake(project, filmModel(deps.app.store.getState()));
  const [first] = tasks;
  const { width, height } = first ? firstSettings(first) : project;
  const written = format ?? 'mp4';
  const { encodeSec } = estimateFilm(requirePlan(project), filmFacts(project, written, null), 0, {
    pictureSec: 0,
    measured: deps.app.store.getState().encodeTimings[written] ?? null,
  });
  const { steps, guidanceScale, speed } = project;
  return {
    kind: 'film',
    label: filmTitle(project),
    model: { id: model.ref.id, revision: model.ref.revision },
    backend,
    project,
    format,
    encoder,
    cost: { pictures: tasks.length, steps, width, height, guidanceScale, speed, encodeSec },
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
  { project, format, encoder, label, model }: FilmJob & { readonly format: FilmFormat },
  { signal, report }: QueueTools,
): Promise<QueueEnd> {
  const { deps } = context;
  const { app } = deps;
  const assets = await assetsOf(context, project);
  const { ref } = modelNamed(app.store.getState(), model);
  const onEvent = exportTeller(app.deps.now, (now, expectedEndMs) =>
    report({ kind: 'file', now, expectedEndMs }),
  );
  const { file, work } = await inOwnWorker(
    () => deps.createVideo(() => undefined),
    (video) =>
      writeFilm(app, { project, assets, model: ref, format, encoder }, video, 'free', { signal, onEvent }),
  );
  if (work === null || (await deps.keepWork(work)) === null) {
    return { status: 'file', file, fileName: filmFileName(project, format) };
  }
  toast(context, message('filmReady', label));
  return { status: 'done' };
}

async function assetsOf({ assets, deps }: FilmContext, project: FilmProject): Promise<Map<string, Blob>> {
  const found = new Map<string, Blob>();
  for (const id of assetIds(project)) {
    const asset = assets.get(id) ?? (await deps.projects.asset(id));
    if (asset) found.set(id, asset);
  }
  return found;
}
