import { alphasCumprod } from '../schedule/betas.ts';
import { predictOriginalAtSigma, slopeAtSigma } from '../schedule/prediction.ts';
import { ancestralSigmas } from './ancestral-sigmas.ts';
import type { SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { addNoiseAtSigma, initialSigma, scaleBySigma, sigmaPlan } from '../schedule/sigma-space.ts';
import { refuseOptions } from '../schedule/unsupported-options.ts';
import { weightedSum } from '../weighted-sum.ts';

/** Euler steps that go below the next noise level and add fresh noise up to it. Source: diffusers' EulerAncestralDiscreteScheduler. */
export const eulerAncestral: SamplerClass = {
  create: createEulerAncestral,
  lacks: {
    useKarrasSigmas: false,
    useExponentialSigmas: false,
    useBetaSigmas: false,
    finalSigmasType: 'zero',
    interpolationType: 'linear',
  },
};

function createEulerAncestral(settings: SchedulerSettings, steps: number): ScheduledSampler {
  refuseOptions('EulerAncestralDiscreteScheduler', settings, { predictionType: 'sample' });
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
    step(modelOutput, index, sample, randn) {
      const sigma = sigmas[index]!;
      const original = estimateOriginal(modelOutput, index, sample);
      const { up, down } = ancestralSigmas(sigma, sigmas[index + 1]!);
      const slope = slopeAtSigma(sample, original, sigma);
      // The reference draws noise in the last step too, where it multiplies it by 0.
      return weightedSum([1, sample], [down - sigma, slope], [up, randn(sample.length)]);
    },
  };
}
