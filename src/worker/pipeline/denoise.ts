import { isBadOutput } from '../../domain/diffusion/image/pixels.ts';
import type { ScheduledSampler } from '../../domain/diffusion/samplers/scheduled-sampler.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import type { FallbackSessions } from '../graphs/fallback-sessions.ts';
import { unetNeed } from '../graphs/needs.ts';
import { untilUsable } from '../graphs/usable-output.ts';
import type { ConditioningAt } from './conditioning.ts';
import { predictGuided } from './guided-noise.ts';
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
}

/** After a finished call of the model: `call` of `calls`, from 1, in `step` of `steps`. */
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
  const { sampler, firstCall, randn } = input;
  const calls = sampler.timesteps.length - firstCall;
  const stepOf = (call: number) => Math.ceil(call / sampler.callsPerStep);
  let latents = input.latents;
  for (let index = firstCall; index < sampler.timesteps.length; index++) {
    await yieldToEvents();
    job.signal.throwIfAborted();
    const startMs = performance.now();
    const prediction = await predictSafely(input, latents, index, job);
    const original = sampler.estimateOriginal(prediction, index, latents);
    latents = sampler.step(prediction, index, latents, randn);
    const callMs = performance.now() - startMs;
    const call = index - firstCall + 1;
    onStep({ step: stepOf(call), steps: stepOf(calls), call, calls, callMs, latents, original });
  }
  return latents;
}

function predictSafely(
  input: DenoiseInput,
  latents: Float32Array,
  index: number,
  job: Job,
): Promise<Float32Array> {
  const { sessions, sampler, guidanceScale, guidanceEmbedding, dims, firstCall } = input;
  const conditioning = input.conditioning(index - firstCall + 1);
  const call: Omit<UnetCall, 'prompts'> = {
    sample: sampler.scaleModelInput(latents, index),
    dims,
    timestep: sampler.timesteps[index]!,
    guidanceEmbedding,
  };
  const { prompts, negative } = conditioning;
  const need = unetNeed(dims, prompts.length + (negative ? 1 : 0), prompts[0]!.embedding.tokens);
  return untilUsable(sessions, job, {
    compute: () => sessions.use(need, job, (unet) => predictGuided(unet, call, conditioning, guidanceScale)),
    isUsable: (prediction) => !isBadOutput(prediction),
    reason: `The UNet gave no usable numbers at timestep ${call.timestep}.`,
  });
}
