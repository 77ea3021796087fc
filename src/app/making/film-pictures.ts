/** The pictures of a film, one after the other, each given out as soon as it is there. Knows nothing of storyboards. */
import { loadedModel } from '../engine/engine-state.ts';
import { drawPicture, engineOf } from './draw-pictures.ts';
import { filmModelOf } from './film-model.ts';
import {
  drawingOf,
  firstSettings,
  isSamePlace,
  madeTask,
  type FilmPictureFacts,
  type WantedFilmPictures,
} from './film-tasks.ts';
import { isHelped, type MakingContext } from './making-context.ts';
import type { DrawEvent, OpenModel } from './picture-engine.ts';
import { createTracker, type Told, type Tracker } from './tracker.ts';

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
  // What several machines have made before the rest begins.
  let share = 0;
  const tell = ({ progress, expectedEndMs }: Told) => {
    const fraction = share + (1 - share) * progress.fraction;
    facts.onProgress({ progress: { ...progress, fraction }, expectedEndMs });
  };
  const tracker = createTracker(context, model.ref, begin, tell);
  try {
    facts.onTask?.(expected[0]);
    const engine = await engineOf(context, model);
    const opened = await engine.open(wanted, signal, tracker.event);
    const spread = await spreadScenes(context, wanted, opened, signal, { ...facts, tracker });
    share = spread / expected.length;
    return spread + (await drawAll(context, wanted, opened, signal, { ...facts, tracker }));
  } finally {
    letSleep();
  }
}

/** Scenes over all machines that help, where some do; what lies between them only the chosen one can draw. */
async function spreadScenes(
  context: MakingContext,
  wanted: WantedFilmPictures,
  opened: OpenModel,
  signal: AbortSignal,
  facts: FilmPictureFacts & { readonly tracker: Tracker },
): Promise<number> {
  if (!isHelped(context)) return 0;
  const { spreadMakers } = await import('./spread-makers.ts');
  const makers = spreadMakers(context, wanted);
  const tasks = () => wanted.tasks(filmModelOf(wanted.model, opened));
  if (makers.length < 2 || tasks().filter(({ kind }) => kind === 'scene').length < 2) return 0;
  const { spreadFilmScenes } = await import('./spread-film.ts');
  return spreadFilmScenes(context, { ...wanted, tasks, makers }, signal, facts);
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
    await keep(madeTask(task, drawn.made), drawn.made.file);
    tracker.keep(firstSettings(task), drawn.backend);
    made++;
  }
  return made;
}
