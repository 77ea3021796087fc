/** From settings to finished files, with a model that is ready, by whatever draws it. */
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { AppError } from '../../domain/errors.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import type { ImageTimings } from '../../engine/protocol.ts';
import { deviceEngine } from './device-engine.ts';
import type { MakingContext } from './making-context.ts';
import type { DrawnBy } from '../engine/progress.ts';
import type { DrawEvent, DrawnPicture, Drawing, OpenModel, PictureEngine, Source } from './picture-engine.ts';

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
  readonly onEvent: (event: DrawEvent) => void;
  /** Called for each picture, in order, as soon as it is a file. */
  readonly onPicture: (made: MadePicture) => void;
}

/** Who draws with this model. */
export async function engineOf(
  context: MakingContext,
  { ref: { source } }: ModelEntry,
): Promise<PictureEngine> {
  if (source.kind !== 'elsewhere') return deviceEngine(context);
  return (await import('./machine-engine.ts')).machineEngine(context);
}

/**
 * Resolves to what it ended on once every file is there; those that were finished before a cancel or a failure are given out all the same. Throws
 * as `PictureEngine`.
 */
export async function drawPictures(
  context: MakingContext,
  drawing: Drawing,
  opened: OpenModel,
  signal: AbortSignal,
  { onEvent, onPicture }: DrawingFacts,
): Promise<DrawnBy> {
  const engine = await engineOf(context, drawing.model);
  let files = Promise.resolve();
  const onDrawn = (drawn: DrawnPicture) => {
    files = files.then(async () => onPicture(await pictureFile(context, drawing, drawn)));
    // Told below, once the engine has ended.
    files.catch(() => undefined);
  };
  try {
    return await engine.draw(drawing, opened, { signal, onEvent, onDrawn });
  } finally {
    await files;
  }
}

/** Throws as `drawPictures`. */
export async function drawPicture(
  context: MakingContext,
  drawing: Omit<Drawing, 'count'>,
  opened: OpenModel,
  signal: AbortSignal,
  onEvent: (event: DrawEvent) => void,
): Promise<{ readonly made: MadePicture; readonly backend: DrawnBy }> {
  let made: MadePicture | undefined;
  const facts = { onEvent, onPicture: (picture: MadePicture) => void (made = picture) };
  const backend = await drawPictures(context, { ...drawing, count: 1 }, opened, signal, facts);
  return { made: requirePicture(made), backend };
}

export function requirePicture(made: MadePicture | undefined): MadePicture {
  if (!made) throw new AppError('internal', 'The engine ended without a picture.');
  return made;
}

async function pictureFile(
  context: MakingContext,
  drawing: Drawing,
  drawn: DrawnPicture,
): Promise<MadePicture> {
  const { deps } = context;
  const { image, timings, steps, imageIndex, imageCount } = drawn;
  const { fit } = drawing;
  const recipe = recipeOf(context, drawing, drawn);
  const fitted = fit ? await fittedTo(image, fit) : image;
  const file = await deps.images.encode(fitted, recipe);
  const { width, height } = fitted;
  return { file, recipe, width, height, timings, steps, imageIndex, imageCount };
}

/** What sizes pictures is fetched by the first that needs it. */
async function fittedTo(
  image: RgbaImage,
  { width, height }: { readonly width: number; readonly height: number },
) {
  const { coverAndCrop } = await import('../../domain/diffusion/image/resize.ts');
  return coverAndCrop(image, width, height);
}

function recipeOf(
  { deps }: MakingContext,
  { source }: Drawing,
  { settings, model, backend, machine, extras = [] }: DrawnPicture,
): ImageRecipe {
  return {
    version: 1,
    kind: 'image',
    settings,
    model,
    ...(source && { source: toldSource(source) }),
    ...(backend && { backend }),
    ...(machine && { machine: { kind: machine.kind } }),
    ...(extras.length > 0 && { extras }),
    app: deps.appName,
  };
}

function toldSource({ strength, inpaint }: Source): NonNullable<ImageRecipe['source']> {
  if (!inpaint) return { strength };
  const { content, area, paddingPx, featherPx } = inpaint;
  return { strength, inpaint: { content, area, paddingPx, featherPx } };
}
