import { slerp } from '../../domain/diffusion/latents.ts';
import { variedNoise } from '../../domain/diffusion/variation.ts';
import { generatorFor } from '../../domain/diffusion/generator.ts';
import type { Canvas } from '../../domain/diffusion/edit/canvas.ts';
import type { ScheduledSampler } from '../../domain/diffusion/samplers/scheduled-sampler.ts';
import { sampleLatents, type LatentDims } from '../graphs/vae.ts';
import type { Job } from '../runtime/job.ts';
import type { Model } from '../model/model.ts';
import { encodePicture } from './encode-picture.ts';
import { inpaintedStart, seenOf } from './inpaint.ts';
import { noisy, type Start } from './noisy-start.ts';
import type { PictureRequest } from './picture-request.ts';

export interface StartInput {
  readonly sampler: ScheduledSampler;
  /** That it was made with. */
  readonly steps: number;
  readonly dims: LatentDims;
  /** Where only a part of the source is drawn. */
  readonly canvas: Canvas | null;
  readonly randn: (length: number) => Float32Array;
}

/**
 * Where the loop begins: at pure noise, or at the source picture with as much noise as its strength asks for. Random numbers are drawn in
 * the reference's order: first the encoder's, then the noise.
 */
export async function startLatents(
  model: Model,
  request: PictureRequest,
  input: StartInput,
  job: Job,
): Promise<Start> {
  const { sampler, steps, dims, canvas, randn } = input;
  const { source } = request;
  const size = dims[0] * dims[1] * dims[2];
  const noiseOf = () => startNoise(request, randn(size), dims);
  if (source && canvas) {
    const { strength, inpaint } = source;
    const asked = { strength, content: inpaint!.content, steps, noiseOf };
    return inpaintedStart(model, asked, { sampler, dims, canvas, randn }, job);
  }
  const seen = await seenOf(model, null, dims, job);
  if (!source) {
    const noise = noiseOf();
    return { latents: noise.map((value) => value * sampler.initNoiseSigma), firstCall: 0, seen };
  }
  const encoded = await encodePicture(model, source.image, job);
  const original = sampleLatents(encoded, randn).map((value) => value * model.vaeScalingFactor);
  return { ...noisy(sampler, original, noiseOf(), steps, source.strength), seen };
}

/** The picture's own noise, or what lies between it and that of its variation; a morph goes from there. */
export function startNoise(
  { morph, settings: { noise: source, variation } }: Pick<PictureRequest, 'morph' | 'settings'>,
  own: Float32Array,
  dims: LatentDims,
): Float32Array {
  const drawn = (seed: number) => generatorFor({ seed, noise: source }).randn(own.length);
  const noise = variation ? variedNoise(own, drawn(variation.seed), variation.strength, dims) : own;
  return morph ? slerp(noise, drawn(morph.seed), morph.amount) : noise;
}
