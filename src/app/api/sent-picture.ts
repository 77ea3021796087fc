/** Pictures that a request brings: what is drawn begins from them. */
import type { Mask } from '../../domain/diffusion/edit/inpainting.ts';
import type { GenerateRequest } from '../../domain/api/schemas.ts';
import { AppError } from '../../domain/errors.ts';
import { limits } from '../../domain/limits.ts';
import { fromBase64 } from '../../engine/base64.ts';
import type { MakingDeps, Size } from '../making/making-context.ts';
import type { Source } from '../making/picture-engine.ts';

type Images = MakingDeps['images'];

/** Null where nothing was sent. Throws `bad-input` for what is no picture, or too large. */
export async function beginning(
  images: Images,
  request: GenerateRequest,
): Promise<{ readonly source: Source; readonly size: Size } | null> {
  if (request.image === null) return null;
  const { file, size } = await sentPicture(images, request.image, 'image');
  const { strength } = request;
  if (request.mask === null) return { source: { file, strength }, size };
  const mask = await sentMask(images, request.mask, size);
  const inpaint = {
    content: request.masked_content,
    area: request.inpaint_area,
    paddingPx: request.mask_padding,
    featherPx: request.mask_feather,
    mask,
  };
  return { source: { file, strength, inpaint }, size };
}

/** Throws `bad-input`. */
export async function sentPicture(
  images: Images,
  base64: string,
  field: 'image' | 'mask',
): Promise<{ readonly file: Blob; readonly size: Size }> {
  const bytes = fromBase64(base64);
  if (!bytes) throw new AppError('bad-input', 'should be a file in base64', { field });
  const file = new Blob([bytes]);
  try {
    const size = await images.measure(file);
    if (Math.max(size.width, size.height) <= limits.edit.largestSide) return { file, size };
  } catch (cause) {
    if (cause instanceof AppError && cause.code !== 'not-an-image') throw cause;
    throw new AppError('bad-input', 'should be a picture that the browser can read', { field, cause });
  }
  const message = `no side can be longer than ${limits.edit.largestSide} pixels`;
  throw new AppError('bad-input', message, { field });
}

/** What is white is painted over; transparent parts are white. Of another size it is brought to the picture's. */
async function sentMask(images: Images, base64: string, size: Size): Promise<Mask> {
  const { file } = await sentPicture(images, base64, 'mask');
  const { data, width, height } = await images.decode(file, size);
  const mask = new Uint8Array(width * height);
  for (let at = 0; at < mask.length; at++) {
    const [red, green, blue] = [data[at * 4]!, data[at * 4 + 1]!, data[at * 4 + 2]!];
    mask[at] = Math.round((red + green + blue) / 3);
  }
  return { width, height, data: mask };
}
