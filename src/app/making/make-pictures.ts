/** Pictures of one prompt: the model is made ready, they are drawn, and what was measured is kept. */
import { drawPictures, engineOf, requirePicture, type MadePicture } from './draw-pictures.ts';
import { isHelped, type MakingContext } from './making-context.ts';
import type { NewWork } from './new-work.ts';
import type { DrawEvent, Drawing, OpenModel } from './picture-engine.ts';
import type { PictureFacts } from './picture-facts.ts';
import { createTracker, type Tracker } from './tracker.ts';

export interface WantedPictures extends Omit<Drawing, 'settings' | 'fit'> {
  readonly steps: number;
  /** Asked once the model is ready: its own files know best which sizes it takes. */
  readonly plan: (opened: OpenModel) => Pick<Drawing, 'settings' | 'fit'>;
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
    const engine = await engineOf(context, model);
    const opened = await engine.open(wanted, signal, tracker.event);
    const drawing = { ...wanted, ...plan(opened) };
    if (count > 1 && isHelped(context)) {
      const { spreadMakers } = await import('./spread-makers.ts');
      const makers = spreadMakers(context, wanted);
      if (makers.length > 1) {
        const { spreadPictures } = await import('./spread-pictures.ts');
        return await spreadPictures(context, { drawing, makers }, signal, facts);
      }
    }
    tracker.recall(drawing.settings, opened.backend, count, wanted.source?.strength);
    await drawAndMeasure(context, drawing, opened, signal, { ...facts, tracker });
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
  opened: OpenModel,
  signal: AbortSignal,
  { tracker, onPicture, onEvent }: Omit<PictureFacts, 'onProgress'> & { readonly tracker: Tracker },
): Promise<void> {
  let { backend } = opened;
  const told = (event: DrawEvent) => {
    if (event.phase === 'notice' && event.notice.kind === 'backend-fallback') backend = event.notice.to;
    onEvent?.(event);
    tracker.event(event);
  };
  try {
    backend = await drawPictures(context, drawing, opened, signal, { onEvent: told, onPicture });
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
