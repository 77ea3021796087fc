/** One run of the engine for one or more pictures: load, generate, keep each picture as soon as it is there. */
import { AppError } from '../../domain/errors.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import type { ImageSettings } from '../../domain/recipe/settings.ts';
import type { Backend, BackendChoice, GenerateEvent, LoadedModel } from '../../engine/protocol.ts';
import type { AppContext, KeptSource } from '../shell/app-context.ts';
import type { ModelEntry } from '../shell/app-state.ts';
import { keepWork } from '../making/keep-works.ts';
import { addNotice, loadModel } from '../making/load-model.ts';
import { timingKey, recordTiming } from '../making/timings.ts';
import { advance, remainingMs } from '../engine/progress.ts';

export interface PictureRequest {
  readonly model: ModelEntry;
  readonly backend: BackendChoice;
  /** Picture i has `settings.seed + i`. */
  readonly settings: ImageSettings;
  readonly count: number;
  readonly source: KeptSource | null;
}

type ImageEvent = Extract<GenerateEvent, { phase: 'image' }>;

/** Ids of the pictures made; `onKept` is called for each once it is safe in the gallery. Throws as the engine's `generate`, and `not-an-image` for a source that cannot be read. */
export async function runPictures(
  context: AppContext,
  request: PictureRequest,
  signal: AbortSignal,
  onKept: () => void = () => undefined,
): Promise<readonly string[]> {
  const letSleep = context.deps.keepAwake();
  try {
    const loaded = await loadModel(context, signal, (event) => progressed(context, event), request);
    recallTiming(context, request, loaded.backend);
    return await generate(context, request, loaded, signal, onKept);
  } finally {
    letSleep();
  }
}

async function generate(
  context: AppContext,
  request: PictureRequest,
  loaded: LoadedModel,
  signal: AbortSignal,
  onKept: () => void,
): Promise<readonly string[]> {
  const { model, backend, settings, count } = request;
  const source = await readSource(context, request, loaded);
  const tray = pictureTray(context, request, loaded.backend, onKept);
  const onEvent = (event: GenerateEvent) => {
    if (event.phase === 'notice') {
      addNotice(context, event.notice);
      if (event.notice.kind === 'backend-fallback') tray.backend = event.notice.to;
    }
    if (event.phase === 'denoise') context.preview.show(event.preview);
    progressed(context, event);
    if (event.phase === 'image') tray.put(event);
  };
  const params = { model: model.ref, backend, settings, count, ...(source && { source }) };
  const transfer = source ? [source.image.data.buffer] : [];
  try {
    const result = await context.host.engine().call('generate', params, { signal, onEvent, transfer });
    if (result.backend !== loaded.backend) {
      context.store.setState({ engine: { status: 'ready', model: { ...loaded, backend: result.backend } } });
    }
  } finally {
    // Those that were finished before a cancel or a failure stay.
    await tray.settled();
    keepTiming(context, request, tray.backend);
  }
  return tray.settled();
}

async function readSource({ deps }: AppContext, { source, settings }: PictureRequest, loaded: LoadedModel) {
  if (!source) return null;
  if (!loaded.canEncode) {
    throw new AppError('bad-input', 'This model cannot begin from a picture.', { field: 'source' });
  }
  return { image: await deps.images.decode(source.file, settings), strength: source.strength };
}

function progressed({ store, deps }: AppContext, event: GenerateEvent): void {
  const { run } = store.getState();
  if (run.status !== 'running') return;
  const progress = advance(run.progress, event);
  const leftMs = remainingMs(progress);
  store.setState({ run: { ...run, progress, expectedEndMs: leftMs === null ? null : deps.now() + leftMs } });
}

function recallTiming(
  { store, deps }: AppContext,
  { model, settings }: PictureRequest,
  backend: Backend,
): void {
  const { run, timings } = store.getState();
  const timing = timings[timingKey(model.ref, backend, settings)];
  if (run.status !== 'running' || !timing) return;
  const progress = { ...run.progress, timing };
  store.setState({ run: { ...run, progress, expectedEndMs: deps.now() + (remainingMs(progress) ?? 0) } });
}

function keepTiming({ store }: AppContext, { model, settings }: PictureRequest, backend: Backend): void {
  const { run, timings } = store.getState();
  if (run.status !== 'running' || !run.progress.timing) return;
  store.setState({
    timings: recordTiming(timings, timingKey(model.ref, backend, settings), run.progress.timing),
  });
}

/** Turns finished pixels into PNGs one after the other, in the order they came. */
function pictureTray(context: AppContext, request: PictureRequest, backend: Backend, onKept: () => void) {
  const ids: string[] = [];
  let work = Promise.resolve();
  const tray = {
    backend,
    put: (event: ImageEvent) => {
      const id = `picture-${++context.open.lastId}`;
      const recipe = recipeOf(context, request, event.settings, tray.backend);
      work = work.then(() => keepPicture(context, id, event, recipe, request.source, onKept));
      work.then(
        () => ids.push(id),
        () => undefined, // Told by `settled`.
      );
    },
    settled: () => work.then(() => ids),
  };
  return tray;
}

function recipeOf(
  { deps }: AppContext,
  { model, source }: PictureRequest,
  settings: ImageSettings,
  backend: Backend,
): ImageRecipe {
  return {
    version: 1,
    kind: 'image',
    settings,
    model: { id: model.ref.id, revision: model.ref.revision },
    ...(source && { source: { strength: source.strength } }),
    backend,
    app: deps.appName,
  };
}

async function keepPicture(
  context: AppContext,
  id: string,
  { image, timings, imageIndex, imageCount }: ImageEvent,
  recipe: ImageRecipe,
  source: KeptSource | null,
  onKept: () => void,
): Promise<void> {
  const { deps, store, kept } = context;
  const file = await deps.images.encode(image, recipe);
  const { width, height } = image;
  const made = {
    kind: 'image',
    text: recipe.settings.prompt,
    recipe,
    width,
    height,
    file,
    preview: file,
  } as const;
  const work = keepWork(context, made);
  // What could not be kept is made again after a crash.
  void work.then((inGallery) => inGallery !== null && onKept());
  kept.set(id, { file, source, work });
  const { run } = store.getState();
  const steps = run.status === 'running' ? run.progress.steps : recipe.settings.steps;
  deps.onPicture({ ...timings, steps });
  const seconds = (timings.encodeMs + timings.denoiseMs + timings.decodeMs) / 1000;
  const picture = { id, url: deps.images.createUrl(file), recipe, seconds };
  const last = imageIndex === imageCount - 1;
  store.setState(({ pictures, view }) => ({
    pictures: [picture, ...pictures],
    view: last && view.kind === 'live' ? { kind: 'picture', id } : view,
  }));
}
