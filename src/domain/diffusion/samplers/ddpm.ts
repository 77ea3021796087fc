import { alphasCumprod } from '../schedule/betas.ts';
import { clampOriginal } from '../schedule/clamp-original.ts';
import { predictOriginalAtAlpha } from '../schedule/prediction.ts';
import type { SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { roundHalfEven, timestepsToZero } from '../schedule/spacing.ts';
import { addNoiseAtTimestep } from '../schedule/timestep-noise.ts';
import { refuseOptions } from '../schedule/unsupported-options.ts';
import { weightedSum } from '../weighted-sum.ts';

const smallestVariance = 1e-20;

/** Ancestral sampling (Ho et al., 2020, equations 6 and 7). Source: diffusers' DDPMScheduler. */
export const ddpm: SamplerClass = {
  create: createDdpm,
  defaults: { timestepSpacing: 'leading', clipSample: true },
};

function createDdpm(settings: SchedulerSettings, steps: number): ScheduledSampler {
  refuseOptions('DDPMScheduler', settings, { varianceType: 'learned' });
  refuseOptions('DDPMScheduler', settings, { varianceType: 'learned_range' });
  const alphas = alphasCumprod(settings, false);
  const timesteps = Float32Array.from(timestepsToZero(settings, steps), roundHalfEven);
  const estimateOriginal: ScheduledSampler['estimateOriginal'] = (modelOutput, index, sample) =>
    predictOriginalAtAlpha(settings.predictionType, alphas[timesteps[index]!]!, modelOutput, sample);
  return {
    timesteps,
    callsPerStep: 1,
    initNoiseSigma: 1,
    estimateOriginal,
    scaleModelInput: (sample) => sample,
    addNoise: (original, noise, index) => addNoiseAtTimestep(alphas, timesteps[index]!, original, noise),
    step(modelOutput, index, sample, randn) {
      const timestep = timesteps[index]!;
      const alpha = alphas[timestep]!;
      const next = timesteps[index + 1];
      const alphaNext = next === undefined ? 1 : alphas[next]!;
      const predicted = estimateOriginal(modelOutput, index, sample);
      const { original, current, deviation } = posterior(settings, alpha, alphaNext);
      const mean = weightedSum([original, clampOriginal(settings, predicted)], [current, sample]);
      return timestep > 0 ? weightedSum([1, mean], [deviation, randn(sample.length)]) : mean;
    },
  };
}

/** q(x_next | x_now, x₀): the weights of its mean, and its deviation. */
function posterior({ varianceType }: SchedulerSettings, alpha: number, alphaNext: number) {
  const step = alpha / alphaNext;
  const beta = 1 - step;
  const small = Math.max(((1 - alphaNext) / (1 - alpha)) * beta, smallestVariance);
  return {
    original: (Math.sqrt(alphaNext) * beta) / (1 - alpha),
    current: (Math.sqrt(step) * (1 - alphaNext)) / (1 - alpha),
    deviation: Math.sqrt(varianceType === 'fixed_large' ? beta : small),
  };
}
