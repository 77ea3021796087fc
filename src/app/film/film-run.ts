/** Making a film's pictures in front of the person's eyes: each is kept as soon as it is there. */
import { isAbort, toPlainError } from '../../domain/errors.ts';
import { picturesToMake, withPicture, type PictureTask } from '../../domain/video/pictures.ts';
import { makeFilmPictures } from '../making/film-pictures.ts';
import type { Maker } from '../making/making-context.ts';
import type { Told } from '../making/tracker.ts';
import { chosenModel } from '../models/chosen-model.ts';
import { addPicture, type FilmContext } from './film-context.ts';

/** Which of the pictures that are missing or out of date. */
export type Wanted = (task: PictureTask) => boolean;

/** Takes its turn at the engine. Settles whatever happens: the store then says how it ended. True when all were made. */
export async function runMaking(context: FilmContext, wanted: Wanted, maker?: Maker): Promise<boolean> {
  const { store, open, deps } = context;
  const { turns } = deps.app;
  const beganMs = deps.app.deps.now();
  store.setState({ making: { status: 'running', now: null, cancelling: false } });
  const handle = turns.add({
    kind: 'film',
    first: true,
    run: (signal) => makePictures(context, wanted, maker ?? chosenModel(deps.app), signal),
  });
  open.making = handle;
  try {
    const pictures = await handle.done;
    const seconds = (deps.app.deps.now() - beganMs) / 1000;
    store.setState({ making: { status: 'done', pictures, seconds } });
    return true;
  } catch (error) {
    store.setState({
      making: isAbort(error) ? { status: 'cancelled' } : { status: 'failed', error: toPlainError(error) },
    });
    return false;
  } finally {
    open.making = null;
  }
}

/** Resolves to the number of pictures made; a switch of the model meanwhile changes nothing. Throws as `makeFilmPictures`. */
async function makePictures(
  context: FilmContext,
  wanted: Wanted,
  maker: Maker,
  signal: AbortSignal,
): Promise<number> {
  const { store, deps, preview } = context;
  const { steps } = store.getState().project;
  const show = shower(context);
  try {
    return await makeFilmPictures(
      deps.app,
      {
        ...maker,
        steps,
        tasks: (model) => picturesToMake(store.getState().project, model).filter(wanted),
        keep: async (task, file) => {
          await addPicture(context, file, (project, assetId) => withPicture(project, task, assetId));
        },
      },
      signal,
      {
        onTask: (task) => {
          preview.show(null);
          show({ task });
        },
        onProgress: (told) => show({ told }),
        onEvent: (event) => void ('preview' in event && preview.show(event.preview)),
      },
    );
  } finally {
    preview.show(null);
  }
}

/** What is known by now goes to the storyboard. */
function shower({ store }: FilmContext) {
  let task: PictureTask | null = null;
  let told: Told | null = null;
  return (news: { readonly task?: PictureTask; readonly told?: Told }) => {
    task = news.task ?? task;
    told = news.told ?? told;
    const { making } = store.getState();
    if (!task || !told || making.status !== 'running') return;
    const { sceneId, kind } = task;
    store.setState({ making: { ...making, now: { sceneId, kind, ...told } } });
  };
}
