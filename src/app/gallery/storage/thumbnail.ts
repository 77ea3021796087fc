import { AppError } from '../../../domain/errors.ts';

/** Twice the width of a tile in the gallery's grid, for fine screens. */
const longestSidePx = 320;

/** A small WebP (JPEG where a browser writes none) of a picture. Throws `not-an-image`. */
export async function makeThumbnail(picture: Blob): Promise<Blob> {
  const bitmap = await decode(picture);
  const scale = Math.min(1, longestSidePx / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  );
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
  return webp.type === 'image/webp' ? webp : canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
}

async function decode(picture: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(picture);
  } catch (cause) {
    throw new AppError('not-an-image', 'The picture could not be decoded.', { cause });
  }
}
