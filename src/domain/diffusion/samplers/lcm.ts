import { AppError } from '../../errors.ts';
import { alphasCumprod } from '../schedule/betas.ts';
import { clampOriginal } from '../schedule/clamp-original.ts';
import { predictOriginalAtAlpha } from '../schedule/prediction.ts';
import type { SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { addNoiseAtTimestep } from '../schedule/timestep-noise.ts';
import { weightedSum } from '../weighted-sum.ts';

const sigmaData = 0.5;

/** Multistep consistency sampling (Luo et al., "Latent Consistency Models", 2023, algorithm 3). Source: diffusers' LCMScheduler. */
export const lcm: SamplerClass = {
  create: createLcm,
  defaults: {
    betaStart: 0.00085,
    betaEnd: 0.012,
    betaSchedule: 'scaled_linear',
    timestepSpacing: 'leading',
  },
};

function createLcm(settings: SchedulerSettings, steps: number): ScheduledSampler {
  const alphas = alphasCumprod(settings, false);
  const timesteps = distilledTimesteps(settings, steps);
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
      const predicted = estimateOriginal(modelOutput, index, sample);
      const { skip, out } = boundaryWeights(timesteps[index]! * settings.timestepScaling);
      const denoised = weightedSum([out, clampOriginal(settings, predicted)], [skip, sample]);
      const next = timesteps[index + 1];
      return next === undefined ? denoised : addNoiseAtTimestep(alphas, next, denoised, randn(sample.length));
    },
  };
}

/** Some of the timesteps that the model was distilled on, from the noisiest. */
function distilledTimesteps(settings: SchedulerSettings, steps: number): Float32Array {
  const { numTrainTimesteps, originalInferenceSteps: available } = settings;
  if (steps > available) {
    throw new AppError('bad-input', `LCM takes at most ${available} steps`, { field: 'steps' });
  }
  const stride = Math.floor(numTrainTimesteps / available);
  return Float32Array.from({ length: steps }, (_, at) => {
    const skipped = Math.floor(at * (available / steps));
    return (available - skipped) * stride - 1;
  });
}

/** c_skip and c_out of the consistency function: it returns the sample itself at time 0. */
function boundaryWeights(scaledTimestep: number): { skip: number; out: number } {
  const squares = scaledTimestep ** 2 + sigmaData ** 2;
  return { skip: sigmaData ** 2 / squares, out: scaledTimestep / Math.sqrt(squares) };
}
