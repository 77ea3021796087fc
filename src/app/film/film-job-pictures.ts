/** The pictures of a film that has waited in the line. What the storyboard has by now is not made twice, and what is made here it gets too. */
import { AppError } from '../../domain/errors.ts';
import type { FilmJob } from '../../domain/recipe/queue-job.ts';
import {
  picturesToMake,
  withKnownPictures,
  withPicture,
  type PictureTask,
} from '../../domain/video/pictures.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import type { GenerateEvent } from '../../engine/protocol.ts';
import { addPicture, type FilmContext } from './film-context.ts';
import { makePicture } from '../making/film-pictures.ts';
import { filmModel } from './film-state.ts';
import type { QueueTools } from '../queue/queue.ts';
import { addNotice, loadModel } from '../making/load-model.ts';
import { timingKey, recordTiming } from '../making/timings.ts';
import { modelOfJob } from '../picture/picture-job.ts';
import { advance, beginProgress, remainingMs, type RunProgress } from '../engine/progress.ts';

/** The film with all its pictures. Takes its turn at the engine. Throws as `load` and `generate`, and `model-incomplete`. */
export async function makeJobPictures(
  context: FilmContext,
  job: FilmJob,
  tools: QueueTools,
): Promise<FilmProject> {
  const { app } = context.deps;
  const handle = app.jobs.add({
    kind: 'film',
    first: true,
    run: (signal) => makeAll(context, job, tools, signal),
  });
  tools.signal.addEventListener('abort', () => handle.cancel(), { once: true });
  return handle.done;
}

async function makeAll(
  context: FilmContext,
  job: FilmJob,
  { report }: QueueTools,
  signal: AbortSignal,
): Promise<FilmProject> {
  const { app } = context.deps;
  const maker = { model: modelOfJob(app, job), backend: job.backend };
  const known = await current(context, job.project.id);
  const modelNow = () => filmModel({ ...app.store.getState(), modelId: job.model.id });
  let film = known ? withKnownPictures(job.project, known, modelNow()) : job.project;
  if (picturesToMake(film, modelNow()).length === 0) return film;

  let progress = beginProgress(film.steps, picturesToMake(film, modelNow()).length, null);
  const told = (event: GenerateEvent, imageIndex: number, imageCount: number) => {
    if (event.phase === 'notice') addNotice(app, event.notice);
    progress = advance(progress, 'imageIndex' in event ? { ...event, imageIndex, imageCount } : event);
    const leftMs = remainingMs(progress);
    report({ kind: 'pictures', progress, expectedEndMs: leftMs === null ? null : app.deps.now() + leftMs });
  };
  const { backend } = await loadModel(app, signal, (event) => told(event, 0, 1), maker);
  const tasks = picturesToMake(film, modelNow());
  progress = recalled(context, progress, tasks, maker.model.ref, backend);
  for (const [index, task] of tasks.entries()) {
    signal.throwIfAborted();
    const file = await makePicture(app, task, maker, signal, (event) => told(event, index, tasks.length));
    const assetId = await store(context, film.id, task, file);
    film = withPicture(film, task, assetId);
    if (progress.timing) {
      const key = timingKey(maker.model.ref, backend, settingsOf(task));
      const { timing } = progress;
      app.store.setState(({ timings }) => ({ timings: recordTiming(timings, key, timing) }));
    }
  }
  return film;
}

function recalled(
  { deps }: FilmContext,
  progress: RunProgress,
  tasks: readonly PictureTask[],
  ...[model, backend]: [Parameters<typeof timingKey>[0], Parameters<typeof timingKey>[1]]
): RunProgress {
  const [first] = tasks;
  const { timings } = deps.app.store.getState();
  const timing = first && timings[timingKey(model, backend, settingsOf(first))];
  return { ...progress, imageCount: tasks.length, timing: timing ?? progress.timing };
}

const settingsOf = (task: PictureTask) => (task.kind === 'scene' ? task.settings : task.settings.from);

/** As the person has it now; null when it was deleted. */
async function current({ store, deps }: FilmContext, id: string): Promise<FilmProject | null> {
  const { project } = store.getState();
  if (project.id === id) return project;
  const stored = await deps.projects.list();
  return stored.find((each) => each.project.id === id)?.project ?? null;
}

/** Where the storyboard still asks for this very picture, it is put there too. */
async function store(context: FilmContext, filmId: string, task: PictureTask, file: Blob): Promise<string> {
  const { projects, app } = context.deps;
  const take = (project: FilmProject, assetId: string) => {
    const model = filmModel(app.store.getState());
    const wanted = picturesToMake(project, model).some(({ key }) => key === task.key);
    return wanted ? withPicture(project, task, assetId) : project;
  };
  if (context.store.getState().project.id === filmId) {
    return addPicture(context, file, (project, assetId) =>
      project.id === filmId ? take(project, assetId) : project,
    );
  }
  try {
    const assetId = await projects.addAsset(file);
    await projects.change(filmId, (project) => take(project, assetId));
    return assetId;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // The film can be made all the same.
    const assetId = context.deps.newId();
    context.assets.set(assetId, file);
    return assetId;
  }
}
