import { isBadOutput } from '../../domain/diffusion/image/pixels.ts';
import type { ScheduledSampler } from '../../domain/diffusion/samplers/scheduled-sampler.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import type { FallbackSessions } from '../graphs/fallback-sessions.ts';
import { unetNeed } from '../graphs/needs.ts';
import { untilUsable } from '../graphs/usable-output.ts';
import type { ConditioningAt } from './conditioning.ts';
import { predictGuided } from './guided-noise.ts';
import type { Savings } from './savings.ts';
import { predictTiled, type TiledField } from './tiled-prediction.ts';
import type { Job } from '../runtime/job.ts';
import type { UnetCall } from '../graphs/unet.ts';
import type { LatentDims } from '../graphs/vae.ts';

export interface DenoiseInput {
  readonly sessions: FallbackSessions;
  readonly sampler: ScheduledSampler;
  readonly conditioning: ConditioningAt;
  readonly guidanceScale: number;
  readonly guidanceEmbedding: Float32Array | null;
  /** [1, ...dims], as noisy as call `firstCall` expects it. */
  readonly latents: Float32Array;
  readonly dims: LatentDims;
  readonly firstCall: number;
  /** Of a picture that is inpainted: what the mask leaves is put back after every call. */
  readonly kept?: KeptLatents | null;
  /** What an inpainting model sees behind the latents, [n, height, width]. */
  readonly seen?: Float32Array | null;
  readonly randn: (length: number) => Float32Array;
  /** Of a picture that is too large to be drawn at once; what an inpainting model sees is that of one tile. */
  readonly tiled?: TiledField | null;
  /** Null: every call is made as the reference makes it. */
  readonly savings: Savings | null;
}

/** The latents of the picture, what noise they begin with, and where they are drawn anew (1) or kept (0). [channels, height, width], [height, width] */
export interface KeptLatents {
  readonly original: Float32Array;
  readonly noise: Float32Array;
  readonly mask: Float32Array;
}

/**
 * After a finished call of the model: `call` of `calls`, from 1, in `step` of `steps`. Where some are saved, passes are counted instead, and
 * `callMs` is that of one.
 */
export type OnStep = (progress: {
  readonly step: number;
  readonly steps: number;
  readonly call: number;
  readonly calls: number;
  readonly callMs: number;
  readonly latents: Float32Array;
  readonly dims: LatentDims;
  /** What the finished latents look like from here: `latents` themselves are mostly noise for long. */
  readonly original: Float32Array;
}) => void;

/**
 * The loop of the reference's StableDiffusionPipeline. A cancel is heard before every step. A backend that fails, or that gives NaN, is
 * replaced, and the loop goes on from the last finished step. Throws `bad-output` when nothing gives numbers, and as `Session.run`.
 */
export async function denoise(input: DenoiseInput, job: Job, onStep: OnStep): Promise<Float32Array> {
  const { sampler, firstCall, randn, savings } = input;
  const calls = sampler.timesteps.length - firstCall;
  const stepOf = (call: number) => Math.ceil(call / sampler.callsPerStep);
  let latents = input.latents;
  let startMs = performance.now();
  for (let index = firstCall; index < sampler.timesteps.length; index++) {
    await yieldToEvents();
    job.signal.throwIfAborted();
    const forecast = savings?.forecast(index, latents);
    const prediction = forecast ?? (await predict(input, latents, index, job));
    const original = sampler.estimateOriginal(prediction, index, latents);
    if (!forecast) savings?.note(index, original);
    latents = keptAt(input, sampler.step(prediction, index, latents, randn), index + 1);
    if (forecast) continue;
    const nowMs = performance.now();
    const call = index - firstCall + 1;
    const counted = savings ? savings.countedAt(index) : { call, calls, passes: 1 };
    const callMs = (nowMs - startMs) / counted.passes;
    startMs = nowMs;
    const steps = { step: stepOf(call), steps: stepOf(calls) };
    onStep({
      ...steps,
      call: counted.call,
      calls: counted.calls,
      callMs,
      latents,
      dims: input.dims,
      original: withKept(input, original),
    });
  }
  return latents;
}

/** What the mask leaves, as noisy as the next call expects it; after the last one as it is. Source: diffusers' StableDiffusionInpaintPipeline. */
function keptAt({ kept, sampler }: DenoiseInput, latents: Float32Array, next: number): Float32Array {
  if (!kept) return latents;
  const isLast = next === sampler.timesteps.length;
  const known = isLast ? kept.original : sampler.addNoise(kept.original, kept.noise, next);
  return blended(known, latents, kept.mask);
}

const withKept = ({ kept }: DenoiseInput, original: Float32Array) =>
  kept ? blended(kept.original, original, kept.mask) : original;

/** [channels, height, width]: `drawn` where the mask is 1. */
export const blended = (known: Float32Array, drawn: Float32Array, mask: Float32Array): Float32Array =>
  drawn.map((value, at) => {
    const share = mask[at % mask.length]!;
    return (1 - share) * known[at]! + share * value;
  });

/** An inpainting model's UNet takes more than the latents. */
export function modelInput(
  scaled: Float32Array,
  dims: LatentDims,
  seen: Float32Array | null | undefined,
): Pick<UnetCall, 'sample' | 'dims'> {
  if (!seen) return { sample: scaled, dims };
  const [channels, height, width] = dims;
  const sample = new Float32Array(scaled.length + seen.length);
  sample.set(scaled);
  sample.set(seen, scaled.length);
  return { sample, dims: [channels + seen.length / (height * width), height, width] };
}

function predict(input: DenoiseInput, latents: Float32Array, index: number, job: Job): Promise<Float32Array> {
  const { tiled, dims } = input;
  if (!tiled) return predictSafely(input, latents, dims, index, job);
  return predictTiled(tiled, latents, dims, job.signal, (part, partDims) =>
    predictSafely(input, part, partDims, index, job),
  );
}

async function predictSafely(
  input: DenoiseInput,
  latents: Float32Array,
  dims: LatentDims,
  index: number,
  job: Job,
): Promise<Float32Array> {
  const { sessions, sampler, guidanceScale, guidanceEmbedding, firstCall, savings } = input;
  const asked = input.conditioning(index - firstCall + 1);
  const conditioning = savings?.isGuided(index) === false ? { ...asked, negative: null } : asked;
  const scaled = sampler.scaleModelInput(latents, index);
  const call: Omit<UnetCall, 'prompts'> = {
    ...modelInput(scaled, dims, input.seen),
    timestep: sampler.timesteps[index]!,
    guidanceEmbedding,
  };
  const { prompts, negative } = conditioning;
  // Where the number of passes changes from call to call they are made one by one: one session serves them all.
  const batch = savings ? 1 : prompts.length + (negative ? 1 : 0);
  const need = unetNeed(dims, batch, prompts[0]!.embedding.tokens);
  const { guided, conditional } = await untilUsable(sessions, job, {
    compute: () => sessions.use(need, job, (unet) => predictGuided(unet, call, conditioning, guidanceScale)),
    isUsable: (prediction) => !isBadOutput(prediction.guided),
    reason: `The UNet gave no usable numbers at timestep ${call.timestep}.`,
  });
  return savings ? savings.complete(index, guided, conditional) : guided;
}
