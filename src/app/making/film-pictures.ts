/** The pictures of a film, one after the other, each given out as soon as it is there. Knows nothing of storyboards. */
import type { FilmModel, PictureTask } from '../../domain/video/pictures.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import { loadedModel } from '../engine/engine-state.ts';
import { drawPicture, engineOf } from './draw-pictures.ts';
import { filmModelOf } from './film-model.ts';
import type { Maker, MakingContext } from './making-context.ts';
import type { DrawEvent, Drawing, OpenModel } from './picture-engine.ts';
import { createTracker, type Told, type Tracker } from './tracker.ts';

export interface WantedFilmPictures extends Maker {
  readonly steps: number;
  /** What is missing or out of date by now: asked again before each picture, for a storyboard may be changed meanwhile. */
  readonly tasks: (model: FilmModel) => readonly PictureTask[];
  /** Called with each picture; the next one waits for it. */
  readonly keep: (task: PictureTask, file: Blob) => Promise<void>;
}

export interface FilmPictureFacts {
  readonly onProgress: (told: Told) => void;
  /** This one is next. */
  readonly onTask?: (task: PictureTask) => void;
  /** For the picture in the making. */
  readonly onEvent?: (event: DrawEvent) => void;
}

/** Resolves to the number of pictures made. Throws as the engine's `load` and `generate`; what was finished before stays. */
export async function makeFilmPictures(
  context: MakingContext,
  wanted: WantedFilmPictures,
  signal: AbortSignal,
  facts: FilmPictureFacts,
): Promise<number> {
  const { model, steps, tasks } = wanted;
  const expected = tasks(filmModelOf(model, loadedModel(context.store)));
  if (!expected[0]) return 0;
  const letSleep = context.deps.keepAwake();
  const begin = { steps, imageCount: expected.length };
  const tracker = createTracker(context, model.ref, begin, facts.onProgress);
  try {
    facts.onTask?.(expected[0]);
    const engine = await engineOf(context, model);
    const opened = await engine.open(wanted, signal, tracker.event);
    return await drawAll(context, wanted, opened, signal, { ...facts, tracker });
  } finally {
    letSleep();
  }
}

async function drawAll(
  context: MakingContext,
  wanted: WantedFilmPictures,
  opened: OpenModel,
  signal: AbortSignal,
  { tracker, onTask, onEvent }: Omit<FilmPictureFacts, 'onProgress'> & { readonly tracker: Tracker },
): Promise<number> {
  const { model, backend, keep } = wanted;
  const tasksNow = () => wanted.tasks(filmModelOf(model, opened));
  const begun = tasksNow();
  if (begun[0]) tracker.recall(firstSettings(begun[0]), opened.backend, begun.length);
  let made = 0;
  for (const [imageIndex, begunTask] of begun.entries()) {
    signal.throwIfAborted();
    const task = tasksNow().find((each) => isSamePlace(each, begunTask));
    if (!task) continue;
    onTask?.(task);
    // The engine counts the pictures of one call; here it is one call for each picture.
    const told = (event: DrawEvent) => {
      onEvent?.(event);
      tracker.event('imageIndex' in event ? { ...event, imageIndex, imageCount: begun.length } : event);
    };
    const drawing = { model, backend, ...drawingOf(task) };
    const drawn = await drawPicture(context, drawing, opened, signal, told);
    await keep(task, drawn.made.file);
    tracker.keep(firstSettings(task), drawn.backend);
    made++;
  }
  return made;
}

const isSamePlace = (a: PictureTask, b: PictureTask) =>
  a.sceneId === b.sceneId && a.kind === b.kind && indexOf(a) === indexOf(b);

const indexOf = (task: PictureTask) => (task.kind === 'in-between' ? task.index : -1);

/** Those of the scene itself, or of the scene before. */
export const firstSettings = (task: PictureTask): ImageSettings =>
  task.kind === 'scene' ? task.settings : task.settings.from;

function drawingOf(task: PictureTask): Pick<Drawing, 'settings' | 'morph'> {
  if (task.kind === 'scene') return { settings: task.settings };
  const { from, to, amount } = task.settings;
  const { prompt, negativePrompt, seed } = to;
  return { settings: from, morph: { prompt, negativePrompt, seed, amount } };
}
