import { AppError } from '../../domain/errors.ts';
import { widenedImage, type Sides } from '../../domain/mask/widen.ts';
import type { ImageFiles, Size } from '../making/making-context.ts';

/** The picture with new ground around it, as a file: what a job of the queue begins from. */
export async function widenedFile(
  images: Pick<ImageFiles, 'decode'>,
  file: Blob,
  { width, height }: Size,
  sides: Sides,
): Promise<Blob> {
  const wide = widenedImage(await images.decode(file, { width, height }), sides);
  const canvas = new OffscreenCanvas(wide.width, wide.height);
  const context = canvas.getContext('2d');
  if (!context) throw new AppError('out-of-memory', 'The browser gave no canvas to draw on.');
  context.putImageData(new ImageData(wide.data, wide.width, wide.height), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
