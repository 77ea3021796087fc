/** Making a film's pictures: one after the other, each kept as soon as it is there. */
import { isAbort, toPlainError } from '../../domain/errors.ts';
import { picturesToMake, withPicture, type PictureTask } from '../../domain/video/pictures.ts';
import type { GenerateEvent, LoadedModel } from '../../engine/protocol.ts';
import { currentBackend, currentModel } from '../shell/app-state.ts';
import { addPicture, type FilmContext } from './film-context.ts';
import { makePicture } from '../making/film-pictures.ts';
import { filmModel, type MakingNow } from './film-state.ts';
import { addNotice, loadModel } from '../making/load-model.ts';
import { timingKey, recordTiming } from '../making/timings.ts';
import { advance, beginProgress, remainingMs } from '../engine/progress.ts';

/** Which of the pictures that are missing or out of date. */
export type Wanted = (task: PictureTask) => boolean;

/** Resolves to the number of pictures made. Throws as the engine's `load` and `generate`; what was finished before stays. */
export async function makePictures(
  context: FilmContext,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<number> {
  const letSleep = context.deps.app.deps.keepAwake();
  try {
    const begun = tasksNow(context).filter(wanted);
    const progress = beginProgress(context.store.getState().project.steps, begun.length, null);
    const first = begun[0];
    if (!first) return 0;
    show(context, { sceneId: first.sceneId, kind: first.kind, progress, expectedEndMs: null });
    const loaded = await loadModel(context.deps.app, signal, (event) => progressed(context, event, 0));
    recallTiming(context, first, loaded);
    return await makeAll(context, begun, loaded, signal);
  } finally {
    context.preview.show(null);
    letSleep();
  }
}

async function makeAll(
  context: FilmContext,
  begun: readonly PictureTask[],
  loaded: LoadedModel,
  signal: AbortSignal,
): Promise<number> {
  const { app } = context.deps;
  const state = app.store.getState();
  const maker = { model: currentModel(state), backend: currentBackend(state) };
  let made = 0;
  for (const [index, { sceneId, kind, ...place }] of begun.entries()) {
    signal.throwIfAborted();
    // The storyboard may have been changed meanwhile: the picture is made as it is asked for now, if at all.
    const task = tasksNow(context).find(
      (each) =>
        each.sceneId === sceneId && each.kind === kind && indexOf(each) === indexOf({ kind, ...place }),
    );
    if (!task) continue;
    context.preview.show(null);
    showTask(context, task);
    const file = await makePicture(app, task, maker, signal, (event) => progressed(context, event, index));
    await addPicture(context, file, (project, assetId) => withPicture(project, task, assetId));
    keepTiming(context, task, loaded);
    made++;
  }
  return made;
}

const indexOf = (task: { readonly kind: string; readonly index?: number }) => task.index ?? -1;

const tasksNow = ({ store, deps }: FilmContext): PictureTask[] =>
  picturesToMake(store.getState().project, filmModel(deps.app.store.getState()));

function show({ store }: FilmContext, now: MakingNow): void {
  store.setState(({ making }) => (making.status === 'running' ? { making: { ...making, now } } : {}));
}

function current({ store }: FilmContext): MakingNow | null {
  const { making } = store.getState();
  return making.status === 'running' ? making.now : null;
}

function showTask(context: FilmContext, { sceneId, kind }: PictureTask): void {
  const now = current(context);
  if (now) show(context, { ...now, sceneId, kind });
}

/** The engine counts the pictures of one call; here it is one call for each picture. */
function progressed(context: FilmContext, event: GenerateEvent, index: number): void {
  const { app } = context.deps;
  if (event.phase === 'notice') addNotice(app, event.notice);
  if (event.phase === 'denoise') context.preview.show(event.preview);
  const now = current(context);
  if (!now) return;
  const { imageCount } = now.progress;
  const renumbered = 'imageIndex' in event ? { ...event, imageIndex: index, imageCount } : event;
  const progress = advance(now.progress, renumbered);
  const leftMs = remainingMs(progress);
  show(context, { ...now, progress, expectedEndMs: leftMs === null ? null : app.deps.now() + leftMs });
}

const taskSettings = (task: PictureTask) => (task.kind === 'scene' ? task.settings : task.settings.from);

function recallTiming(context: FilmContext, task: PictureTask, { backend }: LoadedModel): void {
  const { app } = context.deps;
  const state = app.store.getState();
  const timing = state.timings[timingKey(currentModel(state).ref, backend, taskSettings(task))];
  const now = current(context);
  if (!now || !timing) return;
  const progress = { ...now.progress, timing };
  show(context, { ...now, progress, expectedEndMs: app.deps.now() + (remainingMs(progress) ?? 0) });
}

function keepTiming(context: FilmContext, task: PictureTask, { backend }: LoadedModel): void {
  const timing = current(context)?.progress.timing;
  const { store } = context.deps.app;
  if (!timing) return;
  store.setState((state) => {
    const key = timingKey(currentModel(state).ref, backend, taskSettings(task));
    return { timings: recordTiming(state.timings, key, timing) };
  });
}

/** Takes its turn in the page's line. Settles whatever happens: the store then says how it ended. True when all were made. */
export async function runMaking(context: FilmContext, wanted: Wanted): Promise<boolean> {
  const { store, open, deps } = context;
  const { jobs } = deps.app;
  const beganMs = deps.app.deps.now();
  store.setState({ making: { status: 'running', now: null, cancelling: false } });
  const handle = jobs.add({
    kind: 'film',
    first: true,
    run: (signal) => makePictures(context, wanted, signal),
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
