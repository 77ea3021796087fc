import { alphasCumprod } from '../schedule/betas.ts';
import { clampOriginal } from '../schedule/clamp-original.ts';
import { predictOriginalAtAlpha } from '../schedule/prediction.ts';
import type { SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { roundHalfEven, timestepsToZero } from '../schedule/spacing.ts';
import { addNoiseAtTimestep } from '../schedule/timestep-noise.ts';
import { weightedSum } from '../weighted-sum.ts';

/** DDIM with η = 0 (Song et al., 2020, equation 12). Source: diffusers' DDIMScheduler. */
export const ddim: SamplerClass = {
  create: createDdim,
  defaults: { timestepSpacing: 'leading', clipSample: true },
};

function createDdim(settings: SchedulerSettings, steps: number): ScheduledSampler {
  const alphas = alphasCumprod(settings, false);
  const timesteps = Float32Array.from(timestepsToZero(settings, steps), roundHalfEven);
  const stride = Math.floor(settings.numTrainTimesteps / steps);
  const alphaAfterLast = settings.setAlphaToOne ? 1 : alphas[0]!;
  const estimateOriginal: ScheduledSampler['estimateOriginal'] = (modelOutput, index, sample) =>
    predictOriginalAtAlpha(settings.predictionType, alphas[timesteps[index]!]!, modelOutput, sample);
  return {
    timesteps,
    callsPerStep: 1,
    initNoiseSigma: 1,
    estimateOriginal,
    scaleModelInput: (sample) => sample,
    addNoise: (original, noise, index) => addNoiseAtTimestep(alphas, timesteps[index]!, original, noise),
    step(modelOutput, index, sample) {
      const timestep = timesteps[index]!;
      const now = levels(alphas[timestep]!);
      const next = levels(timestep - stride >= 0 ? alphas[timestep - stride]! : alphaAfterLast);
      const predicted = estimateOriginal(modelOutput, index, sample);
      const noise = predictNoise(settings, now, modelOutput, sample);
      return weightedSum([next.alpha, clampOriginal(settings, predicted)], [next.sigma, noise]);
    },
  };
}

/** xₜ = α·x₀ + σ·ε */
interface Levels {
  readonly alpha: number;
  readonly sigma: number;
}

function levels(alphaCumprod: number): Levels {
  return { alpha: Math.sqrt(alphaCumprod), sigma: Math.sqrt(Math.fround(1 - alphaCumprod)) };
}

function predictNoise(
  { predictionType }: SchedulerSettings,
  { alpha, sigma }: Levels,
  modelOutput: Float32Array,
  sample: Float32Array,
): Float32Array {
  switch (predictionType) {
    case 'epsilon':
      return modelOutput;
    case 'v_prediction':
      return weightedSum([alpha, modelOutput], [sigma, sample]);
    case 'sample':
      return weightedSum([1 / sigma, sample], [-alpha / sigma, modelOutput]);
  }
}
