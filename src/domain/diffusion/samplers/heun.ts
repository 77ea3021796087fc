import { alphasCumprod } from '../schedule/betas.ts';
import { clip } from '../schedule/clamp-original.ts';
import { predictOriginalAtSigma, slopeAtSigma } from '../schedule/prediction.ts';
import { sigmaClassLacks, type SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { addNoiseAtSigma, initialSigma, scaleBySigma, sigmaPlan } from '../schedule/sigma-space.ts';
import { refuseOptions } from '../schedule/unsupported-options.ts';
import { weightedSum } from '../weighted-sum.ts';

/** What the first call of a step leaves for the second. */
interface HalfStep {
  readonly sample: Float32Array;
  readonly derivative: Float32Array;
  readonly sigmaChange: number;
}

/**
 * Heun's second-order method (Karras et al., 2022, algorithm 1): an Euler step, then the mean of the slopes at both its ends. Two
 * calls a step but for the last. Source: diffusers' HeunDiscreteScheduler.
 */
export const heun: SamplerClass = {
  create: createHeun,
  defaults: { betaStart: 0.00085, betaEnd: 0.012 },
  lacks: sigmaClassLacks,
};

function createHeun(settings: SchedulerSettings, steps: number): ScheduledSampler {
  refuseOptions('HeunDiscreteScheduler', settings, { useBetaSigmas: true });
  const plan = sigmaPlan(settings, alphasCumprod(settings, false), steps);
  const sigmas = eachTwiceBetweenEnds(plan.sigmas);
  let half: HalfStep | undefined;
  const estimateOriginal: ScheduledSampler['estimateOriginal'] = (modelOutput, index, sample) =>
    predictOriginalAtSigma(settings.predictionType, sigmas[index]!, modelOutput, sample);

  function slope(modelOutput: Float32Array, index: number, sample: Float32Array): Float32Array {
    const predicted = estimateOriginal(modelOutput, index, sample);
    const original = settings.clipSample ? clip(predicted, settings.clipSampleRange) : predicted;
    return slopeAtSigma(sample, original, sigmas[index]!);
  }

  function firstCall(modelOutput: Float32Array, index: number, sample: Float32Array): Float32Array {
    const derivative = slope(modelOutput, index, sample);
    half = { sample, derivative, sigmaChange: sigmas[index + 1]! - sigmas[index]! };
    return weightedSum([1, sample], [half.sigmaChange, derivative]);
  }

  function secondCall(from: HalfStep, modelOutput: Float32Array, index: number, sample: Float32Array) {
    half = undefined;
    const weight = from.sigmaChange / 2;
    const derivative = slope(modelOutput, index, sample);
    return weightedSum([1, from.sample], [weight, from.derivative], [weight, derivative]);
  }

  return {
    timesteps: withoutLast(eachTwiceBetweenEnds(Float32Array.of(...plan.timesteps, 0))),
    sigmas,
    callsPerStep: 2,
    initNoiseSigma: initialSigma(settings, sigmas),
    estimateOriginal,
    scaleModelInput: (sample, index) => scaleBySigma(sample, sigmas[index]!),
    addNoise: (original, noise, index) => addNoiseAtSigma(original, noise, sigmas[index]!),
    step: (modelOutput, index, sample) =>
      half === undefined
        ? firstCall(modelOutput, index, sample)
        : secondCall(half, modelOutput, index, sample),
  };
}

function eachTwiceBetweenEnds(values: Float32Array): Float32Array {
  const last = values.length - 1;
  return Float32Array.from(
    Array.from(values).flatMap((value, at) => (at === 0 || at === last ? [value] : [value, value])),
  );
}

function withoutLast(values: Float32Array): Float32Array {
  return values.slice(0, -1);
}
