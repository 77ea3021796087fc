/** A new picture, enlarged and drawn over in one go: AUTOMATIC1111's "Hires. fix". */
import { hiresPass, resizedLatents, type HiresPass } from '../../domain/diffusion/edit/hires-pass.ts';
import type { Hires } from '../../domain/diffusion/edit/hires.ts';
import { generatorFor } from '../../domain/diffusion/generator.ts';
import { resized } from '../../domain/diffusion/image/resize.ts';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { createSampler } from '../../domain/diffusion/samplers/create-sampler.ts';
import type { ScheduledSampler } from '../../domain/diffusion/samplers/scheduled-sampler.ts';
import type { LatentDims } from '../graphs/vae.ts';
import type { Model } from '../model/model.ts';
import type { Job } from '../runtime/job.ts';
import { condition } from './conditioning.ts';
import { decodePicture } from './decode-picture.ts';
import { denoise, type OnStep } from './denoise.ts';
import { encodePicture } from './encode-picture.ts';
import { seenOf } from './inpaint.ts';
import { drawLatents, embeddingFor, latentDims, timed, type Picture, type PictureJob } from './picture.ts';
import type { PictureRequest } from './picture-request.ts';
import { startNoise } from './start-latents.ts';
import { tiledField, type TiledField } from './tiled-prediction.ts';

/** Enlarges a picture by a network; see `HiresUpscaler`. */
export type UpscaleByNetwork = (name: string, image: RgbaImage, size: Size, job: Job) => Promise<RgbaImage>;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Throws as `drawPicture`. */
export async function drawHires(
  model: Model,
  request: PictureRequest,
  hires: Hires,
  job: PictureJob,
  upscale: UpscaleByNetwork,
): Promise<Picture> {
  const { settings, scheduler } = request;
  return timed(model, async (lapMs) => {
    const pass = hiresPass(settings, hires, model.config.sizeMultiple);
    const sampler = createSampler(scheduler, pass.of, settings);
    const count = createCount(request, sampler, pass, job.onStep);
    const first = await drawLatents(model, { ...request, way: undefined }, { ...job, onStep: count.first });
    const dims = latentDims(model, { ...settings, ...pass });
    const original = await enlarged(model, first.latents, { settings, hires, pass, job, upscale });
    const secondMs = lapMs();
    const drawOver = { original, dims, sampler, pass, request, onStep: count.second };
    const latents = pass.steps === 0 ? original : await drawnOver(model, drawOver, job);
    const denoiseMs = first.denoiseMs + lapMs();
    job.onDecode();
    const image = await decodePicture(model, latents, dims, job);
    return { image, latents, encodeMs: secondMs - first.denoiseMs, denoiseMs, decodeMs: lapMs() };
  });
}

/** Steps and calls of both passes go on counting. */
function createCount(
  { settings, scheduler }: PictureRequest,
  second: ScheduledSampler,
  pass: HiresPass,
  onStep: OnStep,
) {
  const calls = createSampler(scheduler, settings.steps, settings).timesteps.length;
  const more = second.timesteps.length - firstCallOf(second, pass);
  const steps = settings.steps + pass.steps;
  const told =
    (addSteps: number, addCalls: number): OnStep =>
    (progress) =>
      onStep({
        ...progress,
        step: progress.step + addSteps,
        steps,
        call: progress.call + addCalls,
        calls: calls + more,
      });
  return { first: told(0, 0), second: told(settings.steps, calls) };
}

const firstCallOf = ({ callsPerStep }: ScheduledSampler, { of, steps }: HiresPass) =>
  (of - steps) * callsPerStep;

interface ToEnlarge {
  readonly settings: PictureRequest['settings'];
  readonly hires: Hires;
  readonly pass: HiresPass;
  readonly job: PictureJob;
  readonly upscale: UpscaleByNetwork;
}

/** Latents of the larger size, without noise. */
async function enlarged(
  model: Model,
  latents: Float32Array,
  { settings, hires, pass, job, upscale }: ToEnlarge,
): Promise<Float32Array> {
  const [from, to] = [latentDims(model, settings), latentDims(model, { ...settings, ...pass })];
  if (hires.upscaler.kind === 'latent') return resizedLatents(latents, from, { height: to[1], width: to[2] });
  const picture = await decodePicture(model, latents, from, job);
  const large =
    hires.upscaler.kind === 'network'
      ? await upscale(hires.upscaler.name, picture, pass, job)
      : resized(picture, pass.width, pass.height);
  const { mean } = await encodePicture(model, large, job);
  return mean.map((value) => value * model.vaeScalingFactor);
}

interface DrawOver {
  readonly original: Float32Array;
  readonly dims: LatentDims;
  readonly sampler: ScheduledSampler;
  readonly pass: HiresPass;
  readonly request: PictureRequest;
  readonly onStep: OnStep;
}

async function drawnOver(
  model: Model,
  { original, dims, sampler, pass, request, onStep }: DrawOver,
  job: PictureJob,
): Promise<Float32Array> {
  const { settings } = request;
  const { randn } = generatorFor(settings);
  const noise = startNoise(request, randn(original.length), dims);
  const firstCall = firstCallOf(sampler, pass);
  const tiled = fieldFor(model, dims);
  const input = {
    sessions: model.sessions,
    sampler,
    conditioning: await condition(model, request, sampler.timesteps.length - firstCall, job),
    guidanceScale: settings.guidanceScale,
    guidanceEmbedding: embeddingFor(model, settings),
    dims,
    latents: sampler.addNoise(original, noise, firstCall),
    firstCall,
    seen: await seenOf(model, null, tiled?.dims ?? dims, job),
    tiled,
    randn,
    savings: null,
  };
  return denoise(input, job, onStep);
}

/** Up to so much more than the model was trained for, a side is drawn whole: attention to more takes more memory than devices have. */
const wholeUpTo = 1.5;

function fieldFor({ config }: Model, dims: LatentDims): TiledField | null {
  const [, height, width] = dims;
  const { sampleHeight, sampleWidth } = config;
  if (height <= wholeUpTo * sampleHeight && width <= wholeUpTo * sampleWidth) return null;
  const overlap = Math.round(Math.min(sampleHeight, sampleWidth) / 8);
  return tiledField(dims, { height: sampleHeight, width: sampleWidth, overlap });
}
