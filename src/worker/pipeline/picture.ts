/** One picture, as the reference's StableDiffusionPipeline and its kin for image-to-image and inpainting make it. */
import { configFor, createSampler } from '../../domain/diffusion/samplers/create-sampler.ts';
import { canvasFor, type Canvas } from '../../domain/diffusion/edit/canvas.ts';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { generatorFor } from '../../domain/diffusion/generator.ts';
import type { SchedulerConfig } from '../../domain/diffusion/samplers/scheduler-config.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { ImageTimings } from '../../engine/protocol.ts';
import { stepsOf } from '../../domain/diffusion/fast/fast-way.ts';
import { condition } from './conditioning.ts';
import { decodePicture, type DecodeJob } from './decode-picture.ts';
import { denoise, type OnStep } from './denoise.ts';
import { guidanceEmbedding } from './guidance-embedding.ts';
import type { Model } from '../model/model.ts';
import { passesOf } from './picture-needs.ts';
import type { PictureRequest } from './picture-request.ts';
import { createSavings } from './savings.ts';
import { startLatents } from './start-latents.ts';
import type { LatentDims } from '../graphs/vae.ts';

export interface PictureJob extends DecodeJob {
  readonly onEncode: () => void;
  readonly onStep: OnStep;
  readonly onDecode: () => void;
}

export interface Picture {
  readonly image: RgbaImage;
  /** [1, channels, height / factor, width / factor], before the decoder. */
  readonly latents: Float32Array;
  readonly timings: ImageTimings;
}

/** The scheduler that the person chose, over the model's noise schedule. */
export const schedulerFor = (model: Model, { sampler, schedule }: ImageSettings): SchedulerConfig =>
  configFor(sampler, model.config.scheduler, schedule);

/** `request` has been validated. Throws `bad-output`, `bad-input`, `model-unsupported`, and as the sessions. */
export function drawPicture(model: Model, request: PictureRequest, job: PictureJob): Promise<Picture> {
  return timed(model, async (lapMs) => {
    const { latents, canvas, denoiseMs } = await drawLatents(model, request, job);
    const encodeMs = lapMs() - denoiseMs;
    job.onDecode();
    const decoded = await decodePicture(model, latents, latentDims(model, request.settings), job);
    const image = canvas ? canvas.finished(decoded) : decoded;
    return { image, latents, encodeMs, denoiseMs, decodeMs: lapMs() };
  });
}

type Measured = Omit<Picture, 'timings'> & Omit<ImageTimings, 'runtimeMs'>;

/** `lapMs` gives the milliseconds since it was last asked. */
export async function timed(
  { sessions }: Model,
  draw: (lapMs: () => number) => Promise<Measured>,
): Promise<Picture> {
  const runtimeStartMs = sessions.spentMs;
  const { image, latents, ...spent } = await draw(createClock().lapMs);
  return { image, latents, timings: { ...spent, runtimeMs: sessions.spentMs - runtimeStartMs } };
}

/** Everything but the decoder. */
export async function drawLatents(model: Model, request: PictureRequest, job: PictureJob) {
  const { settings, scheduler, way } = request;
  const steps = way ? stepsOf(way, settings.steps) : settings.steps;
  const sampler = createSampler(scheduler, steps, settings);
  const generator = generatorFor(settings);
  const dims = latentDims(model, settings);

  job.onEncode();
  const conditioning = await condition(model, request, sampler.timesteps.length, job);
  const canvas = canvasOf(request);
  const drawn = { sampler, steps, dims, canvas, randn: generator.randn };
  const start = await startLatents(model, request, drawn, job);
  const { lapMs } = createClock();
  const latents = await denoise(
    {
      sessions: model.sessions,
      sampler,
      conditioning,
      guidanceScale: settings.guidanceScale,
      guidanceEmbedding: embeddingFor(model, settings),
      dims,
      randn: generator.randn,
      savings: way
        ? createSavings(way, sampler, start.firstCall, passesOf(model, settings.guidanceScale) === 2)
        : null,
      ...start,
    },
    job,
    job.onStep,
  );
  return { latents, canvas, denoiseMs: lapMs() };
}

/** Where a part of a picture is drawn anew. */
function canvasOf({ source, settings }: PictureRequest): Canvas | null {
  if (!source?.inpaint) return null;
  const { mask, ...inpainting } = source.inpaint;
  return canvasFor(source.image, mask, inpainting, settings);
}

/** Of a picture with these settings. */
export function latentDims({ config }: Model, { width, height }: ImageSettings): LatentDims {
  return [config.latentChannels, height / config.vaeScaleFactor, width / config.vaeScaleFactor];
}

export function embeddingFor({ config }: Model, { guidanceScale }: ImageSettings): Float32Array | null {
  return config.timeCondDim === null ? null : guidanceEmbedding(guidanceScale, config.timeCondDim);
}

function createClock() {
  let lastMs = performance.now();
  return {
    lapMs: () => {
      const startMs = lastMs;
      lastMs = performance.now();
      return lastMs - startMs;
    },
  };
}
