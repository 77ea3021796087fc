/** The pictures of a film that has waited in the queue. What the storyboard has by now is not made twice, and what is made here it gets too. */
import { AppError } from '../../domain/errors.ts';
import type { FilmJob } from '../../domain/recipe/queue-job.ts';
import {
  picturesToMake,
  withKnownPictures,
  withPicture,
  type PictureTask,
} from '../../domain/video/pictures.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import { loadedModel } from '../engine/engine-state.ts';
import { filmModelOf } from '../making/film-model.ts';
import { makeFilmPictures } from '../making/film-pictures.ts';
import { modelNamed } from '../models/chosen-model.ts';
import type { QueueTools } from '../queue/queue.ts';
import { addPicture, type FilmContext } from './film-context.ts';
import { filmModel } from './film-state.ts';

/** The film with all its pictures. Takes its turn at the engine. Throws as `makeFilmPictures`, and `model-incomplete`. */
export async function makeJobPictures(
  context: FilmContext,
  job: FilmJob,
  tools: QueueTools,
): Promise<FilmProject> {
  const { turns } = context.deps.app;
  const handle = turns.add({
    kind: 'film',
    first: true,
    run: (signal) => makeAll(context, job, tools, signal),
  });
  tools.signal.addEventListener('abort', () => handle.cancel(), { once: true });
  return handle.done;
}

async function makeAll(
  context: FilmContext,
  { project, model, backend }: FilmJob,
  { report }: QueueTools,
  signal: AbortSignal,
): Promise<FilmProject> {
  const { app } = context.deps;
  const entry = modelNamed(app.store.getState(), model);
  const known = await current(context, project.id);
  const knownModel = filmModelOf(entry, loadedModel(app.store));
  let film = known ? withKnownPictures(project, known, knownModel) : project;
  await makeFilmPictures(
    app,
    {
      model: entry,
      backend,
      steps: film.steps,
      tasks: (filmModel) => picturesToMake(film, filmModel),
      keep: async (task, file) => {
        film = withPicture(film, task, await store(context, film.id, task, file));
      },
    },
    signal,
    { onProgress: (told) => report({ kind: 'pictures', ...told }) },
  );
  return film;
}

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
