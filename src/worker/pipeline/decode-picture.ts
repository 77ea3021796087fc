import { decoderNeed } from '../graphs/needs.ts';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { isBadOutput, toRgbaImage } from '../../domain/diffusion/image/pixels.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import type { Job } from '../runtime/job.ts';
import type { Session } from '../runtime/runtime.ts';
import type { Model } from '../model/model.ts';
import { colourPatches } from '../model/previewer.ts';
import { computePicture } from '../graphs/large-pictures.ts';
import { untilUsable } from '../graphs/usable-output.ts';
import { decode, latentSize, type LatentDims } from '../graphs/vae.ts';

export interface DecodeJob extends Job {
  /** Of a picture that is too large to be decoded whole: so many of its tiles are done. */
  readonly onTile: (done: number, total: number) => void;
}

/** Latents → pixels. A flat or broken picture is decoded again in a safer mode; throws `bad-output` when there is none left. */
export async function decodePicture(
  model: Model,
  latents: Float32Array,
  dims: LatentDims,
  job: DecodeJob,
): Promise<RgbaImage> {
  const planes = await decodePlanes(model, latents, dims, job);
  model.previewer.learn(latents, dims, planes);
  const factor = model.config.vaeScaleFactor;
  return toRgbaImage(planes, dims[2] * factor, dims[1] * factor);
}

/** Teaches the previewer the colours of an autoencoder that it has not seen yet: one small decode. */
export async function learnColours(model: Model, job: Job): Promise<void> {
  const { sessions, config, previewer } = model;
  if (!previewer.isBlind) return;
  const patches = [config.latentChannels, 16, 16] as const;
  await sessions.use(decoderNeed(patches), job, async (session) => {
    const [height, width] = latentSize(session) ?? [16, 16];
    const dims = [config.latentChannels, height, width] as const;
    const latents = colourPatches(dims);
    const planes = await decode(session, unscaled(latents, model.vaeScalingFactor), dims);
    if (!isBadOutput(planes)) previewer.learn(latents, dims, planes);
  });
}

/** [3, height, width], −1 … 1. Throws as `decodePicture`. */
export async function decodePlanes(
  { sessions, config, vaeScalingFactor }: Model,
  latents: Float32Array,
  dims: LatentDims,
  job: DecodeJob,
): Promise<Float32Array> {
  await yieldToEvents();
  job.signal.throwIfAborted();
  const scaled = unscaled(latents, vaeScalingFactor);
  const [channels, height, width] = dims;
  const input = { data: scaled, channels, height, width };
  const size = { height: height * config.vaeScaleFactor, width: width * config.vaeScaleFactor };
  const pixels = size.height * size.width;
  const picture = { sessions, need: decoderNeed(dims), input, pixels, onTile: job.onTile };
  const whole = async (session: Session) => ({
    ...size,
    channels: 3,
    data: await decode(session, scaled, dims),
  });
  const { data } = await untilUsable(sessions, job, {
    compute: () => computePicture(picture, whole, job),
    isUsable: (planes) => !isBadOutput(planes.data),
    reason: 'The VAE decoder gave a picture of one colour or of no numbers.',
  });
  return data;
}

const unscaled = (latents: Float32Array, scalingFactor: number) =>
  latents.map((value) => value / scalingFactor);
