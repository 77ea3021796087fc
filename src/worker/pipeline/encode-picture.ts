import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { areNumbers, toPlanes } from '../../domain/diffusion/image/pixels.ts';
import { computePicture } from '../graphs/large-pictures.ts';
import { encoderNeed } from '../graphs/needs.ts';
import { untilUsable } from '../graphs/usable-output.ts';
import { encode, encodedOf, type Encoded } from '../graphs/vae.ts';
import type { Job } from '../runtime/job.ts';
import type { Model } from '../model/model.ts';

/** A picture as its model's latents, not yet scaled. Throws `bad-output`, and as the sessions. */
export const encodePicture = (model: Model, image: RgbaImage, job: Job): Promise<Encoded> =>
  encodePlanes(model, toPlanes(image), image, job);

/** `planes`: [3, height, width], −1 … 1. Throws as `encodePicture`. */
export async function encodePlanes(
  { sessions, config }: Model,
  planes: Float32Array,
  size: { readonly height: number; readonly width: number },
  job: Job,
): Promise<Encoded> {
  const { height, width } = size;
  const input = { data: planes, channels: 3, height, width };
  const need = encoderNeed(size);
  const picture = { sessions, need, input, pixels: height * width, onTile: () => undefined };
  const output = await untilUsable(sessions, job, {
    compute: () => computePicture(picture, (session) => encode(session, planes, size), job),
    isUsable: ({ data }) => areNumbers(data),
    reason: 'The VAE encoder gave no usable numbers.',
  });
  return encodedOf(output, config.latentChannels);
}
