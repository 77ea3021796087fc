import { isBadOutput } from '../../domain/diffusion/image/pixels.ts';
import type { ScheduledSampler } from '../../domain/diffusion/samplers/scheduled-sampler.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import type { FallbackSessions } from '../graphs/fallback-sessions.ts';
import { unetNeed } from '../graphs/needs.ts';
import { untilUsable } from '../graphs/usable-output.ts';
import type { ConditioningAt } from './conditioning.ts';
import { predictGuided } from './guided-noise.ts';
import type { Savings } from './savings.ts';
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
  readonly randn: (length: number) => Float32Array;
  /** Null: every call is made as the reference makes it. */
  readonly savings: Savings | null;
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
    const prediction = forecast ?? (await predictSafely(input, latents, index, job));
    const original = sampler.estimateOriginal(prediction, index, latents);
    if (!forecast) savings?.note(index, original);
    latents = sampler.step(prediction, index, latents, randn);
    if (forecast) continue;
    const nowMs = performance.now();
    const call = index - firstCall + 1;
    const counted = savings ? savings.countedAt(index) : { call, calls, passes: 1 };
    const callMs = (nowMs - startMs) / counted.passes;
    startMs = nowMs;
    const steps = { step: stepOf(call), steps: stepOf(calls) };
    onStep({ ...steps, call: counted.call, calls: counted.calls, callMs, latents, original });
  }
  return latents;
}

async function predictSafely(
  input: DenoiseInput,
  latents: Float32Array,
  index: number,
  job: Job,
): Promise<Float32Array> {
  const { sessions, sampler, guidanceScale, guidanceEmbedding, dims, firstCall, savings } = input;
  const asked = input.conditioning(index - firstCall + 1);
  const conditioning = savings?.isGuided(index) === false ? { ...asked, negative: null } : asked;
  const call: Omit<UnetCall, 'prompts'> = {
    sample: sampler.scaleModelInput(latents, index),
    dims,
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
