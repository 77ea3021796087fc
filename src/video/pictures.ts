/** Pictures made ready to be drawn: decoded once, brought to size once, kept while there is room. */
import { AppError } from '../domain/errors.ts';
import type { RgbaImage } from '../domain/diffusion/image/image.ts';
import { fitted, type Fitting } from '../domain/video/fitting.ts';
import type { PictureSource } from '../engine/video-protocol.ts';

/** Two dozen pictures at 1080p; a frame shows two at most. */
const budgetBytes = 256 * 2 ** 20;

export interface PictureStore {
  /** The picture on width × height pixels, in the middle. Throws `not-an-image`. */
  get(source: PictureSource, width: number, height: number, fitting: Fitting): Promise<OffscreenCanvas>;
}

export function createPictureStore(): PictureStore {
  /** In order of use, the latest last. */
  const kept = new Map<string, Promise<OffscreenCanvas>>();
  const bytesOf = new Map<string, number>();

  const makeRoom = () => {
    let total = [...bytesOf.values()].reduce((sum, bytes) => sum + bytes, 0);
    for (const [key, bytes] of bytesOf) {
      if (total <= budgetBytes || bytesOf.size <= 2) return;
      total -= bytes;
      bytesOf.delete(key);
      kept.delete(key);
    }
  };
  const drop = (key: string) => {
    kept.delete(key);
    bytesOf.delete(key);
  };

  return {
    get: (source, width, height, fitting) => {
      const key = `${source.id} ${width}x${height} ${fitting}`;
      const ready = kept.get(key) ?? prepare(source, width, height, fitting);
      drop(key);
      kept.set(key, ready);
      bytesOf.set(key, width * height * 4);
      makeRoom();
      ready.catch(() => drop(key));
      return ready;
    },
  };
}

async function prepare(
  source: PictureSource,
  width: number,
  height: number,
  fitting: Fitting,
): Promise<OffscreenCanvas> {
  const image = fitted(await decode(source), width, height, fitting);
  const canvas = new OffscreenCanvas(width, height);
  drawingContext(canvas).putImageData(new ImageData(image.data, width, height), 0, 0);
  return canvas;
}

async function decode(source: PictureSource): Promise<RgbaImage> {
  const bitmap = await createImageBitmap(source.blob).catch((cause: unknown) => {
    throw new AppError('not-an-image', 'The browser cannot read this picture.', { cause });
  });
  const { width, height } = bitmap;
  const context = drawingContext(new OffscreenCanvas(width, height));
  // Pictures with holes are shown on black, as the frame's ground is.
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

/** All canvases stay in main memory: every one is read back, and two machines shall draw the same pixels. */
export function drawingContext(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context)
    throw new AppError('out-of-memory', `No canvas of ${canvas.width} × ${canvas.height} pixels.`);
  return context;
}
