import { predictOriginalAtSigma } from '../schedule/prediction.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { addNoiseAtSigma, initialSigma, scaleBySigma, type SigmaPlan } from '../schedule/sigma-space.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';

/** What a call of the model was asked and what it stands for. */
export interface Asked {
  readonly sample: Float32Array;
  readonly original: Float32Array;
}

export type Randn = (length: number) => Float32Array;

/** A method that asks the model twice a step: at the step's noise level, and at one between it and the next. */
interface TwoCallMethod {
  /** Noise levels of the second calls. [steps − 1]: the last step has only one call, to σ = 0. */
  readonly middles: readonly number[];
  /** What the model is told there. [steps − 1] */
  readonly middleTimesteps: readonly number[];
  /** From the step's level to the middle one. */
  toMiddle(step: number, first: Asked, randn: Randn): Float32Array;
  /** From the step's level to the next one. */
  toNext(step: number, first: Asked, second: Asked, randn: Randn): Float32Array;
  /** From the last level to the picture. */
  toEnd(step: number, first: Asked): Float32Array;
}

/** The calls of such a method in order: 2 · steps − 1. */
export function createTwoCallSampler(
  settings: SchedulerSettings,
  plan: SigmaPlan,
  method: TwoCallMethod,
): ScheduledSampler {
  const steps = plan.timesteps.length;
  const timesteps = alternating(plan.timesteps, method.middleTimesteps);
  const sigmas = alternating(plan.sigmas.subarray(0, steps), method.middles);
  let first: Asked | undefined;
  const estimateOriginal: ScheduledSampler['estimateOriginal'] = (modelOutput, index, sample) =>
    predictOriginalAtSigma(settings.predictionType, sigmas[index]!, modelOutput, sample);

  return {
    timesteps,
    callsPerStep: 2,
    initNoiseSigma: initialSigma(settings, plan.sigmas),
    estimateOriginal,
    scaleModelInput: (sample, index) => scaleBySigma(sample, sigmas[index]!),
    addNoise: (original, noise, index) => addNoiseAtSigma(original, noise, sigmas[index]!),
    step(modelOutput, index, sample, randn) {
      const step = Math.floor(index / 2);
      const asked = { sample, original: estimateOriginal(modelOutput, index, sample) };
      if (step === steps - 1) return method.toEnd(step, asked);
      const begun = first;
      first = begun ? undefined : asked;
      return begun ? method.toNext(step, begun, asked, randn) : method.toMiddle(step, asked, randn);
    },
  };
}

function alternating(values: Float32Array, between: readonly number[]): Float32Array {
  const pairs = Array.from(values).flatMap((value, at) => [value, between[at]]);
  return Float32Array.from(pairs.filter((value) => value !== undefined));
}
