import { slerp } from '../../domain/diffusion/latents.ts';
import { variedNoise } from '../../domain/diffusion/variation.ts';
import { generatorFor } from '../../domain/diffusion/generator.ts';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { areNumbers, toPlanes } from '../../domain/diffusion/image/pixels.ts';
import { startIndex, type ScheduledSampler } from '../../domain/diffusion/samplers/scheduled-sampler.ts';
import { encoderNeed } from '../graphs/needs.ts';
import type { DenoiseInput } from './denoise.ts';
import type { Job } from '../runtime/job.ts';
import type { Model } from '../model/model.ts';
import type { PictureRequest } from './picture-request.ts';
import { computePicture } from '../graphs/large-pictures.ts';
import { untilUsable } from '../graphs/usable-output.ts';
import { encode, encodedOf, sampleLatents, type Encoded, type LatentDims } from '../graphs/vae.ts';

export interface StartInput {
  readonly sampler: ScheduledSampler;
  /** That it was made with. */
  readonly steps: number;
  readonly dims: LatentDims;
  readonly randn: (length: number) => Float32Array;
}

/**
 * Where the loop begins: at pure noise, or at the source picture with as much noise as its strength asks for. Random numbers are drawn in
 * the reference's order: first the encoder's, then the noise.
 */
export async function startLatents(
  model: Model,
  request: PictureRequest,
  { sampler, steps, dims, randn }: StartInput,
  job: Job,
): Promise<Pick<DenoiseInput, 'latents' | 'firstCall'>> {
  const size = dims[0] * dims[1] * dims[2];
  const { source } = request;
  if (!source) {
    const noise = startNoise(request, randn(size), dims);
    return { latents: noise.map((value) => value * sampler.initNoiseSigma), firstCall: 0 };
  }
  const encoded = await encodeImage(model, source.image, dims[0], job);
  const original = sampleLatents(encoded, randn).map((value) => value * model.vaeScalingFactor);
  const noise = startNoise(request, randn(size), dims);
  const firstCall = startIndex(sampler, steps, source.strength);
  if (firstCall === sampler.timesteps.length) return { latents: original, firstCall };
  return { latents: sampler.addNoise(original, noise, firstCall), firstCall };
}

async function encodeImage(
  { sessions }: Model,
  image: RgbaImage,
  latentChannels: number,
  job: Job,
): Promise<Encoded> {
  const { height, width } = image;
  const planes = toPlanes(image);
  const input = { data: planes, channels: 3, height, width };
  const need = encoderNeed(image);
  const picture = { sessions, need, input, pixels: height * width, onTile: () => undefined };
  const output = await untilUsable(sessions, job, {
    compute: () => computePicture(picture, (session) => encode(session, planes, image), job),
    isUsable: ({ data }) => areNumbers(data),
    reason: 'The VAE encoder gave no usable numbers.',
  });
  return encodedOf(output, latentChannels);
}

/** The picture's own noise, or what lies between it and that of its variation; a morph goes from there. */
function startNoise(
  { morph, settings: { noise: source, variation } }: PictureRequest,
  own: Float32Array,
  dims: LatentDims,
): Float32Array {
  const drawn = (seed: number) => generatorFor({ seed, noise: source }).randn(own.length);
  const noise = variation ? variedNoise(own, drawn(variation.seed), variation.strength, dims) : own;
  return morph ? slerp(noise, drawn(morph.seed), morph.amount) : noise;
}
