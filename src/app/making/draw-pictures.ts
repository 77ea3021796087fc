/** One call of the engine: from settings to finished files, with a model that is ready. */
import { coverAndCrop } from '../../domain/diffusion/image/resize.ts';
import { AppError } from '../../domain/errors.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type {
  Backend,
  GenerateEvent,
  GenerateParams,
  ImageTimings,
  LoadedModel,
  SourcePicture,
} from '../../engine/protocol.ts';
import { addNotice } from '../engine/engine-state.ts';
import type { MakingContext, Maker, Size } from './making-context.ts';

/** The mask is as large as the file's picture; what comes out is so too. */
export interface Source {
  readonly file: Blob;
  readonly strength: number;
  readonly inpaint?: SourcePicture['inpaint'];
}

export interface Drawing extends Maker {
  /** Picture i has `settingsOfPicture(settings, i)`. */
  readonly settings: ImageSettings;
  readonly count: number;
  readonly source?: Source | null;
  readonly morph?: GenerateParams['morph'];
  /** Pixels of the file, cut from the middle of what was drawn. */
  readonly fit?: Size;
}

/** A picture as a file, which carries its recipe. */
export interface MadePicture {
  readonly file: Blob;
  readonly recipe: ImageRecipe;
  /** Pixels of the file. */
  readonly width: number;
  readonly height: number;
  readonly timings: ImageTimings;
  /** That were drawn: image-to-image leaves some out. */
  readonly steps: number;
  readonly imageIndex: number;
  readonly imageCount: number;
}

export interface DrawingFacts {
  readonly onEvent: (event: GenerateEvent) => void;
  /** Called for each picture, in order, as soon as it is a file. */
  readonly onPicture: (made: MadePicture) => void;
}

type ImageEvent = Extract<GenerateEvent, { phase: 'image' }>;

/**
 * Resolves to the backend that it ended on once every file is there; those that were finished before a cancel or a failure are given out
 * all the same. Throws as the engine's `generate`, and `not-an-image` for a source that cannot be read.
 */
export async function drawPictures(
  context: MakingContext,
  drawing: Drawing,
  loaded: LoadedModel,
  signal: AbortSignal,
  { onEvent, onPicture }: DrawingFacts,
): Promise<Backend> {
  const { model, backend, settings, count, morph } = drawing;
  const source = await readSource(context, drawing, loaded);
  let now = loaded.backend;
  let steps = settings.steps;
  let files = Promise.resolve();
  const listen = (event: GenerateEvent) => {
    if (event.phase === 'notice') {
      addNotice(context.store, event.notice);
      if (event.notice.kind === 'backend-fallback') now = event.notice.to;
    }
    if (event.phase === 'denoise') steps = event.steps;
    onEvent(event);
    if (event.phase !== 'image') return;
    const made = { recipe: recipeOf(context, drawing, event, now), steps };
    files = files.then(async () => onPicture(await pictureFile(context, drawing, event, made)));
    // Told below, once the engine has ended.
    files.catch(() => undefined);
  };
  const params = {
    model: model.ref,
    backend,
    settings,
    count,
    ...(source && { source }),
    ...(morph && { morph }),
  };
  const transfer = source ? [source.image.data.buffer] : [];
  try {
    const result = await context.host
      .engine()
      .call('generate', params, { signal, onEvent: listen, transfer });
    now = result.backend;
    if (now !== loaded.backend) {
      context.store.setState({ engine: { status: 'ready', model: { ...loaded, backend: now } } });
    }
  } finally {
    await files;
  }
  return now;
}

/** Throws as `drawPictures`. */
export async function drawPicture(
  context: MakingContext,
  drawing: Omit<Drawing, 'count'>,
  loaded: LoadedModel,
  signal: AbortSignal,
  onEvent: (event: GenerateEvent) => void,
): Promise<{ readonly made: MadePicture; readonly backend: Backend }> {
  let made: MadePicture | undefined;
  const facts = { onEvent, onPicture: (picture: MadePicture) => void (made = picture) };
  const backend = await drawPictures(context, { ...drawing, count: 1 }, loaded, signal, facts);
  return { made: requirePicture(made), backend };
}

export function requirePicture(made: MadePicture | undefined): MadePicture {
  if (!made) throw new AppError('internal', 'The engine ended without a picture.');
  return made;
}

async function readSource(
  { deps }: MakingContext,
  { source, settings }: Drawing,
  { canEncode }: LoadedModel,
) {
  if (!source) return null;
  if (!canEncode) {
    throw new AppError('bad-input', 'This model cannot begin from a picture.', { field: 'source' });
  }
  const { file, strength, inpaint } = source;
  const image = await deps.images.decode(file, inpaint?.mask ?? settings);
  return { image, strength, ...(inpaint && { inpaint }) };
}

async function pictureFile(
  { deps }: MakingContext,
  { fit }: Drawing,
  { image, timings, imageIndex, imageCount }: ImageEvent,
  { recipe, steps }: Pick<MadePicture, 'recipe' | 'steps'>,
): Promise<MadePicture> {
  const fitted = fit ? coverAndCrop(image, fit.width, fit.height) : image;
  const file = await deps.images.encode(fitted, recipe);
  const { width, height } = fitted;
  return { file, recipe, width, height, timings, steps, imageIndex, imageCount };
}

function recipeOf(
  { deps }: MakingContext,
  { model: { ref }, source }: Drawing,
  { settings, extras = [] }: ImageEvent,
  backend: Backend,
): ImageRecipe {
  return {
    version: 1,
    kind: 'image',
    settings,
    model: { id: ref.id, revision: ref.revision },
    ...(source && { source: toldSource(source) }),
    backend,
    ...(extras.length > 0 && { extras }),
    app: deps.appName,
  };
}

function toldSource({ strength, inpaint }: Source): NonNullable<ImageRecipe['source']> {
  if (!inpaint) return { strength };
  const { content, area, paddingPx, featherPx } = inpaint;
  return { strength, inpaint: { content, area, paddingPx, featherPx } };
}
