/** Pictures in front of the person's eyes: what is being made is shown, and each is kept as soon as it is there. */
import { unpackMask } from '../../domain/mask/pack-mask.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { MadePicture } from '../making/draw-pictures.ts';
import type { Source } from '../making/picture-engine.ts';
import { keepWork } from '../making/keep-works.ts';
import { makePictures, pictureWork } from '../making/make-pictures.ts';
import type { Maker } from '../making/making-context.ts';
import type { Told } from '../making/tracker.ts';
import type { KeptSource, PictureContext } from './picture-context.ts';

export interface PictureRequest extends Maker {
  /** Picture i has `settingsOfPicture(settings, i)`. */
  readonly settings: ImageSettings;
  readonly count: number;
  readonly source: KeptSource | null;
}

export interface RunFacts {
  readonly onProgress: (told: Told) => void;
  /** Called for each picture once it is safe in the gallery. */
  readonly onKept: () => void;
}

/** Ids of the pictures made. Throws as `makePictures`. */
export async function runPictures(
  context: PictureContext,
  { settings, ...request }: PictureRequest,
  signal: AbortSignal,
  { onKept, onProgress }: RunFacts,
): Promise<readonly string[]> {
  const ids: string[] = [];
  const source = request.source && drawnSource(request.source);
  const wanted = { ...request, source, steps: settings.steps, plan: () => ({ settings }) };
  await makePictures(context, wanted, signal, {
    onProgress: (told) => {
      showProgress(context, told);
      onProgress(told);
    },
    onEvent: (event) => void ('preview' in event && context.preview.show(event.preview)),
    onPicture: (made) => void ids.push(keepPicture(context, made, request.source, onKept)),
  });
  return ids;
}

function drawnSource({ file, strength, inpaint }: KeptSource): Source {
  if (!inpaint) return { file, strength };
  const { width, height, mask, ...how } = inpaint;
  return { file, strength, inpaint: { ...how, mask: unpackMask(mask, width, height) } };
}

function showProgress({ store }: PictureContext, told: Told): void {
  const { run } = store.getState();
  if (run.status === 'running') store.setState({ run: { ...run, ...told } });
}

function keepPicture(
  context: PictureContext,
  made: MadePicture,
  source: KeptSource | null,
  onKept: () => void,
): string {
  const { deps, store, kept } = context;
  const { file, recipe, width, height, timings, steps, imageIndex, imageCount } = made;
  const id = `picture-${++context.open.lastId}`;
  const { from } = source ?? {};
  const work = keepWork(context, { ...pictureWork(made), ...(from !== undefined && { from }) });
  // What could not be kept is made again after a crash.
  void work.then((inGallery) => inGallery !== null && onKept());
  kept.set(id, { file, source, work });
  deps.onPicture({ ...timings, steps });
  const seconds = (timings.encodeMs + timings.denoiseMs + timings.decodeMs) / 1000;
  const began = source !== null;
  const picture = { id, url: deps.images.createUrl(file), recipe, width, height, began, seconds };
  const last = imageIndex === imageCount - 1;
  store.setState(({ pictures, view }) => ({
    pictures: [picture, ...pictures],
    view: last && view.kind === 'live' ? { kind: 'picture', id } : view,
  }));
  return id;
}
