/** Where inpainting begins, as diffusers' StableDiffusionInpaintPipeline begins it. */
import type { Canvas } from '../../domain/diffusion/edit/canvas.ts';
import type { MaskedContent } from '../../domain/diffusion/edit/inpainting.ts';
import { isDrawn, latentMask } from '../../domain/diffusion/edit/mask.ts';
import { toPlanes } from '../../domain/diffusion/image/pixels.ts';
import type { ScheduledSampler } from '../../domain/diffusion/samplers/scheduled-sampler.ts';
import { sampleLatents, type LatentDims } from '../graphs/vae.ts';
import type { Job } from '../runtime/job.ts';
import type { Model } from '../model/model.ts';
import { blended } from './denoise.ts';
import { encodePicture, encodePlanes } from './encode-picture.ts';
import { noisy, type Start } from './noisy-start.ts';

interface Asked {
  readonly strength: number;
  readonly content: MaskedContent;
  readonly steps: number;
  /** The picture's noise; drawn when it is called. */
  readonly noiseOf: () => Float32Array;
}

interface Drawn {
  readonly sampler: ScheduledSampler;
  readonly dims: LatentDims;
  readonly canvas: Canvas;
  readonly randn: (length: number) => Float32Array;
}

/**
 * A plain model's latents are blended with the picture's at every call; an inpainting model sees the mask and what it leaves, and needs no
 * blending. Random numbers in the reference's order: the picture's encoding, the noise, the encoding of what the mask leaves.
 */
export async function inpaintedStart(
  model: Model,
  { strength, content, steps, noiseOf }: Asked,
  { sampler, dims, canvas, randn }: Drawn,
  job: Job,
): Promise<Start> {
  const { inpaints } = model.config;
  const mask = latentMask(canvas.mask, dims[1], dims[2]);
  // The whole noise of the strongest begin is all that the picture has to do with it.
  const fromNoise = strength === 1;
  const begin = inpaints && fromNoise ? null : await beginLatents(model, content, canvas, randn, job);
  const noise = noiseOf();
  const seen = inpaints ? await seenOf(model, canvas, dims, job, randn) : null;
  if (!inpaints && begin!.isRandom) randn(noise.length); // The reference encodes what the mask leaves all the same.
  const original = begin && (content === 'noise' ? blended(begin.latents, noise, mask) : begin.latents);
  const kept = inpaints ? null : { original: original!, noise, mask };
  const pure = { latents: noise.map((value) => value * sampler.initNoiseSigma), firstCall: 0 };
  const start = fromNoise || !original ? pure : noisy(sampler, original, noise, steps, strength);
  return { ...start, kept, seen };
}

async function beginLatents(
  model: Model,
  content: MaskedContent,
  canvas: Canvas,
  randn: Drawn['randn'],
  job: Job,
) {
  const encoded = await encodePicture(model, content === 'fill' ? canvas.filled() : canvas.image, job);
  const latents = sampleLatents(encoded, randn).map((value) => value * model.vaeScalingFactor);
  return { latents, isRandom: encoded.logVariance !== null };
}

/**
 * What an inpainting model's UNet sees behind the latents: the mask, and the latents of the picture in mid grey under it. Without a picture
 * all is masked. Null for all other models.
 */
export async function seenOf(
  model: Model,
  canvas: Canvas | null,
  [, height, width]: LatentDims,
  job: Job,
  randn?: Drawn['randn'],
): Promise<Float32Array | null> {
  if (!model.config.inpaints) return null;
  const factor = model.config.vaeScaleFactor;
  const size = { height: height * factor, width: width * factor };
  const planes = canvas ? unmasked(canvas) : new Float32Array(3 * size.height * size.width);
  const encoded = await encodePlanes(model, planes, size, job);
  const latents = canvas && randn ? sampleLatents(encoded, randn) : encoded.mean;
  const mask = canvas ? latentMask(canvas.mask, height, width) : new Float32Array(height * width).fill(1);
  const seen = new Float32Array(mask.length + latents.length);
  seen.set(mask);
  seen.set(
    latents.map((value) => value * model.vaeScalingFactor),
    mask.length,
  );
  return seen;
}

function unmasked({ image, mask }: Canvas): Float32Array {
  const drawn = isDrawn(mask);
  return toPlanes(image).map((value, at) => (drawn[at % drawn.length] ? 0 : value));
}
