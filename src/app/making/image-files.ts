/** Pixels ⇄ picture files, with the browser's own codecs. */
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { AppError } from '../../domain/errors.ts';
import { limits } from '../../domain/limits.ts';
import { headBytes, pictureSize } from '../../domain/recipe/carriers/picture-size.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import type { ImageFiles, Size } from './making-context.ts';

/** Recipes are read and written by code that is fetched when the first picture needs it. */
const png = async () => ({
  ...(await import('../../domain/recipe/png.ts')),
  ...(await import('../../domain/recipe/png-encode.ts')),
});

export const imageFiles: ImageFiles = {
  encode: async (image, recipe) => {
    const { encodePngWithRecipe, isOpaque } = await png();
    const plain = isOpaque(image) ? await opaque(image) : await translucent(image);
    return new Blob([encodePngWithRecipe(plain, recipe)], { type: 'image/png' });
  },
  pngOfRows: async (size, recipe) => (await import('./png-of-rows.ts')).pngOfRows(size, recipe),
  measure: async (file) => {
    const said = await sizeSaid(file);
    if (said && isTooLarge(said)) return said;
    const bitmap = await toBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  },
  decode: async (file, size) => {
    const bitmap = await toBitmap(file);
    try {
      return await coverAndCrop(bitmap, size);
    } finally {
      bitmap.close();
    }
  },
  readRecipe: async (file) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { readRecipe } = await import('./read-recipe.ts');
    return readRecipe(bytes, { inflate: unpackAs('deflate'), gunzip: unpackAs('gzip'), pixels: pixelsOf });
  },
  createUrl: (file) => URL.createObjectURL(file),
  revokeUrl: (url) => URL.revokeObjectURL(url),
};

/** Larger pictures are not looked into for a hidden copy of their text: they would take the memory that a model needs. */
const maxPixels = 40_000_000;

/** As they stand in the file, where the browser can decode it. */
async function pixelsOf(file: Uint8Array<ArrayBuffer>): Promise<RgbaImage | null> {
  try {
    const said = pictureSize(file.subarray(0, headBytes));
    if (said && said.width * said.height > maxPixels) return null;
    const bitmap = await createImageBitmap(new Blob([file]), {
      premultiplyAlpha: 'none',
      colorSpaceConversion: 'none',
    });
    const { width, height } = bitmap;
    if (width * height > maxPixels) return null;
    const context = context2d(new OffscreenCanvas(width, height), { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    return context.getImageData(0, 0, width, height);
  } catch {
    return null; // No picture: told when it is used as one.
  }
}

const sizeSaid = async (file: Blob): Promise<Size | null> =>
  pictureSize(new Uint8Array(await file.slice(0, headBytes).arrayBuffer()));

const isTooLarge = ({ width, height }: Size) => width * height > limits.read.sourcePixels;

/** Of three channels, which readers without a fourth take too: browsers write four whatever the picture holds (Chromium 156). */
async function opaque(image: RgbaImage): Promise<Uint8Array<ArrayBuffer>> {
  const { filteredRows, opaquePng } = await png();
  const rows = filteredRows(image);
  const strip = Math.max(1, Math.floor(stripPixels / image.width));
  for (let y = 0; y < image.height; y += strip) {
    rows.add(strip);
    await yieldToEvents();
  }
  const zlib = new Blob([rows.bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return opaquePng(image, new Uint8Array(await new Response(zlib).arrayBuffer()));
}

async function translucent({ data, width, height }: RgbaImage): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  context2d(canvas).putImageData(new ImageData(data, width, height), 0, 0);
  const file = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await file.arrayBuffer());
}

async function toBitmap(file: Blob): Promise<ImageBitmap> {
  const said = await sizeSaid(file);
  if (said && isTooLarge(said)) {
    throw new AppError('out-of-memory', `The picture has ${said.width} × ${said.height} pixels.`);
  }
  try {
    return await createImageBitmap(file);
  } catch (cause) {
    throw new AppError('not-an-image', 'The browser cannot read this file as a picture.', { cause });
  }
}

/** So much is scaled in one go, between which the page can answer: about 10 ms of work. */
const stripPixels = 250_000;

/** By our own Lanczos, the same on every device. Never stretched. Transparent parts become white. */
async function coverAndCrop(bitmap: ImageBitmap, { width, height }: Size): Promise<RgbaImage> {
  const { cropInStrips } = await import('../../domain/diffusion/image/resize.ts');
  const cropping = cropInStrips(bitmap, width, height);
  // No higher than the picture: a canvas of more than some 32,000 rows stays blank.
  const rows = Math.max(1, Math.min(bitmap.height, Math.floor(stripPixels / bitmap.width)));
  const context = context2d(new OffscreenCanvas(bitmap.width, rows), { willReadFrequently: true });
  context.fillStyle = 'white';
  for (let at = cropping.firstRow; at < cropping.endRow; at += rows) {
    context.fillRect(0, 0, bitmap.width, rows);
    context.drawImage(bitmap, 0, at, bitmap.width, rows, 0, 0, bitmap.width, rows);
    cropping.add(context.getImageData(0, 0, bitmap.width, rows).data, at);
    await yieldToEvents();
  }
  return cropping.result();
}

function context2d(
  canvas: OffscreenCanvas,
  settings?: CanvasRenderingContext2DSettings,
): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', settings);
  if (!context) throw new AppError('out-of-memory', 'The browser gave no canvas to draw on.');
  return context;
}

/** Ends early, so that a small file cannot unpack to gigabytes. */
const unpackAs = (format: CompressionFormat) => (data: Uint8Array, maxBytes: number) =>
  unpack(format, data, maxBytes);

async function unpack(format: CompressionFormat, data: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const stream = new Blob([data as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream(format));
  const reader = stream.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > maxBytes) {
      await reader.cancel();
      throw new AppError('file-corrupt', 'A text in this picture is too long.');
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
