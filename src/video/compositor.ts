/** The one frame function: the preview and every encoder get their pixels here. */
import { AppError } from '../domain/errors.ts';
import { i420ByteLength, rgbaToI420, type ColourMatrix } from '../domain/video/i420.ts';
import { preparedScale, type MotionId } from '../domain/video/motion.ts';
import { planFilm } from '../domain/video/plan.ts';
import { frameAt, type PictureRef } from '../domain/video/timeline.ts';
import type { FilmSource, PictureSource } from '../engine/video-protocol.ts';
import { createPainter } from './painter.ts';
import type { PictureStore } from './pictures.ts';

export interface Compositor {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly totalFrames: number;
  /** The frame as it will be seen. */
  bitmap(index: number): Promise<ImageBitmap>;
  /** Limited-range planes. The same array every time: use it before asking for the next frame. */
  i420(index: number, matrix: ColourMatrix): Promise<Uint8Array<ArrayBuffer>>;
  /** The same blob again while the frame does not change. */
  png(index: number): Promise<Blob>;
}

/** Throws `bad-input` where the film cannot be laid out; the functions throw `not-an-image`. */
export function createCompositor(film: FilmSource, store: PictureStore): Compositor {
  const plan = planFilm(film.shape);
  const { width, height } = film;
  const painter = createPainter(width, height);
  const planes = new Uint8Array(i420ByteLength(width, height));
  let painted = '';
  let converted = '';
  let encoded: { key: string; blob: Promise<Blob> } | null = null;

  /** Paints the frame if it differs from what is there, and names it. Stills, most of a film, cost nothing. */
  const paint = async (index: number): Promise<string> => {
    const frame = frameAt(plan, index);
    const key = JSON.stringify(frame);
    if (key === painted) return key;
    const pictures = await Promise.all(frame.layers.map(({ picture }) => prepared(film, picture, store)));
    painter.paint(frame, pictures);
    painted = key;
    return key;
  };

  /** There is one canvas: a frame must be taken from it before the next is painted. */
  let last: Promise<unknown> = Promise.resolve();
  const paintAnd = <T>(index: number, take: (key: string) => T | Promise<T>): Promise<T> => {
    const taken = last.then(async () => take(await paint(index)));
    last = taken.catch(() => undefined);
    return taken;
  };

  return {
    width,
    height,
    fps: film.shape.fps,
    totalFrames: plan.totalFrames,
    bitmap: (index) => paintAnd(index, () => createImageBitmap(painter.canvas)),
    i420: (index, matrix) =>
      paintAnd(index, (key) => {
        const wanted = `${matrix} ${key}`;
        if (wanted !== converted) rgbaToI420(painter.pixels().data, width, height, planes, matrix);
        converted = wanted;
        return planes;
      }),
    png: (index) =>
      paintAnd(index, (key) => {
        if (encoded?.key !== key)
          encoded = { key, blob: painter.canvas.convertToBlob({ type: 'image/png' }) };
        return encoded.blob;
      }),
  };
}

/** So many frames, spread over the film, tell how much there is to see in it. */
const looks = 3;

/** Bytes that a pixel takes in a PNG. */
export async function detailOf(frames: Compositor): Promise<number> {
  let bytes = 0;
  for (let look = 0; look < looks; look++) {
    bytes += (await frames.png(Math.floor(((look + 0.5) / looks) * frames.totalFrames))).size;
  }
  return bytes / (looks * frames.width * frames.height);
}

/** Refuses a film with a scene that has no picture yet. */
export function requireComplete(film: FilmSource): void {
  const missing = film.scenes.findIndex((scene) => scene === null);
  if (missing < 0) return;
  throw new AppError('bad-input', `Scene ${missing + 1} has no picture yet.`, {
    field: `scenes.${missing}.prompt`,
  });
}

async function prepared(
  film: FilmSource,
  ref: PictureRef,
  store: PictureStore,
): Promise<OffscreenCanvas | null> {
  const source = sourceOf(film, ref);
  if (!source) return null;
  const scale = Math.max(...motionsOf(film, ref).map(preparedScale));
  const [width, height] = [Math.round(film.width * scale), Math.round(film.height * scale)];
  return store.get(source, width, height, film.fitting);
}

function sourceOf(film: FilmSource, ref: PictureRef): PictureSource | null {
  if (ref.kind === 'scene') return film.scenes[ref.scene] ?? null;
  return film.inBetweens[ref.after]?.[ref.index - 1] ?? null;
}

function motionsOf(film: FilmSource, ref: PictureRef): MotionId[] {
  const scenes = ref.kind === 'scene' ? [ref.scene] : [ref.after, ref.after + 1];
  return scenes.map((scene) => film.shape.scenes[scene]?.motion ?? 'still');
}
