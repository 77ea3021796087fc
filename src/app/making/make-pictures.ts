/** Pictures of one prompt: the model is made ready, they are drawn, and what was measured is kept. */
import type { GenerateEvent, LoadedModel } from '../../engine/protocol.ts';
import { drawPictures, requirePicture, type Drawing, type MadePicture } from './draw-pictures.ts';
import { loadModel } from './load-model.ts';
import type { MakingContext } from './making-context.ts';
import type { NewWork } from './new-work.ts';
import { createTracker, type Told, type Tracker } from './tracker.ts';

export interface WantedPictures extends Omit<Drawing, 'settings' | 'fit'> {
  readonly steps: number;
  /** Asked once the model is ready: its own files know best which sizes it takes. */
  readonly plan: (loaded: LoadedModel) => Pick<Drawing, 'settings' | 'fit'>;
}

export interface PictureFacts {
  readonly onProgress: (told: Told) => void;
  readonly onPicture: (made: MadePicture) => void;
  /** For the picture in the making. */
  readonly onEvent?: (event: GenerateEvent) => void;
}

/** Throws as the engine's `load` and `generate`, and `not-an-image` for a source that cannot be read. */
export async function makePictures(
  context: MakingContext,
  { plan, ...wanted }: WantedPictures,
  signal: AbortSignal,
  facts: PictureFacts,
): Promise<void> {
  const { steps, count, model } = wanted;
  const letSleep = context.deps.keepAwake();
  const tracker = createTracker(context, model.ref, { steps, imageCount: count }, facts.onProgress);
  try {
    const loaded = await loadModel(context, wanted, signal, tracker.event);
    const drawing = { ...wanted, ...plan(loaded) };
    tracker.recall(drawing.settings, loaded.backend, count, wanted.source?.strength);
    await drawAndMeasure(context, drawing, loaded, signal, { ...facts, tracker });
  } finally {
    letSleep();
  }
}

/** One picture. Throws as `makePictures`. */
export async function makePicture(
  context: MakingContext,
  wanted: Omit<WantedPictures, 'count'>,
  signal: AbortSignal,
  facts: Omit<PictureFacts, 'onPicture'>,
): Promise<MadePicture> {
  let made: MadePicture | undefined;
  const onPicture = (picture: MadePicture) => void (made = picture);
  await makePictures(context, { ...wanted, count: 1 }, signal, { ...facts, onPicture });
  return requirePicture(made);
}

async function drawAndMeasure(
  context: MakingContext,
  drawing: Drawing,
  loaded: LoadedModel,
  signal: AbortSignal,
  { tracker, onPicture, onEvent }: Omit<PictureFacts, 'onProgress'> & { readonly tracker: Tracker },
): Promise<void> {
  let { backend } = loaded;
  const told = (event: GenerateEvent) => {
    if (event.phase === 'notice' && event.notice.kind === 'backend-fallback') backend = event.notice.to;
    onEvent?.(event);
    tracker.event(event);
  };
  try {
    backend = await drawPictures(context, drawing, loaded, signal, { onEvent: told, onPicture });
  } finally {
    tracker.keep(drawing.settings, backend);
  }
}

/** As the gallery keeps it. */
export const pictureWork = ({ file, recipe, width, height }: MadePicture): NewWork => ({
  kind: 'image',
  text: recipe.settings.prompt,
  recipe,
  width,
  height,
  file,
  preview: file,
});
