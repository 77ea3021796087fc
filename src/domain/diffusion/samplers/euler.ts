import { alphasCumprod } from '../schedule/betas.ts';
import { predictOriginalAtSigma, slopeAtSigma } from '../schedule/prediction.ts';
import type { SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { addNoiseAtSigma, initialSigma, scaleBySigma, sigmaPlan } from '../schedule/sigma-space.ts';
import { refuseOptions } from '../schedule/unsupported-options.ts';
import { weightedSum } from '../weighted-sum.ts';

/** Euler's method on the probability-flow ODE (Karras et al., 2022, algorithm 1). Source: diffusers' EulerDiscreteScheduler. */
export const euler: SamplerClass = {
  create: createEuler,
};

function createEuler(settings: SchedulerSettings, steps: number): ScheduledSampler {
  refuseOptions('EulerDiscreteScheduler', settings, { timestepType: 'continuous' });
  const { timesteps, sigmas } = sigmaPlan(settings, alphasCumprod(settings, true), steps);
  const estimateOriginal: ScheduledSampler['estimateOriginal'] = (modelOutput, index, sample) =>
    predictOriginalAtSigma(settings.predictionType, sigmas[index]!, modelOutput, sample);
  return {
    timesteps,
    sigmas,
    callsPerStep: 1,
    initNoiseSigma: initialSigma(settings, sigmas),
    estimateOriginal,
    scaleModelInput: (sample, index) => scaleBySigma(sample, sigmas[index]!),
    addNoise: (original, noise, index) => addNoiseAtSigma(original, noise, sigmas[index]!),
    step(modelOutput, index, sample) {
      const sigma = sigmas[index]!;
      const original = estimateOriginal(modelOutput, index, sample);
      const slope = slopeAtSigma(sample, original, sigma);
      return weightedSum([1, sample], [sigmas[index + 1]! - sigma, slope]);
    },
  };
}
