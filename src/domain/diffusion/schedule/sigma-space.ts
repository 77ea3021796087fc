import type { SchedulerSettings } from './scheduler-fields.ts';
import { curveOf, sigmasAt, timestepOfSigma, trainingSigmas } from './sigma-schedule.ts';
import { linspace, timestepsToZero } from './spacing.ts';
import { weightedSum } from '../weighted-sum.ts';

const f32 = Math.fround;

/** The plan of a sampler that works on xₜ = x₀ + σ·ε: Euler, Heun, LMS, DPM2 and their kin. */
export interface SigmaPlan {
  /** [steps] */
  readonly timesteps: Float32Array;
  /** [steps + 1], the last is where the picture ends */
  readonly sigmas: Float32Array;
}

/**
 * Source: `set_timesteps` of diffusers' EulerDiscreteScheduler, whose options the other classes share.
 * @param curveTimestep what the class makes of the timestep of a σ on a curve
 */
export function sigmaPlan(
  settings: SchedulerSettings,
  alphas: Float32Array,
  steps: number,
  curveTimestep: (timestep: number) => number = (timestep) => timestep,
): SigmaPlan {
  const training = trainingSigmas(alphas);
  const spaced = timestepsToZero(settings, steps).map(f32);
  const sigmas = interpolated(settings, training, spaced);
  const curve = curveOf(settings, training);
  const final = settings.finalSigmasType === 'zero' ? 0 : training[0]!;
  if (curve === undefined) return plan(spaced, sigmas, final);
  const curved = curve(settings.sigmaMax ?? sigmas[0]!, settings.sigmaMin ?? sigmas.at(-1)!, steps);
  return plan(
    curved.map((sigma) => curveTimestep(timestepOfSigma(training, sigma))),
    curved,
    final,
  );
}

/** Multiply standard normal noise by this to start. */
export function initialSigma(settings: SchedulerSettings, sigmas: Float32Array): number {
  const largest = sigmas.reduce((max, sigma) => Math.max(max, sigma));
  return settings.timestepSpacing === 'leading' ? f32(Math.sqrt(f32(f32(largest ** 2) + 1))) : largest;
}

/** The sample at unit variance, as the model was trained to see it. */
export function scaleBySigma(sample: Float32Array, sigma: number): Float32Array {
  const deviation = f32(Math.sqrt(f32(f32(sigma ** 2) + 1)));
  return sample.map((value) => value / deviation);
}

export function addNoiseAtSigma(original: Float32Array, noise: Float32Array, sigma: number): Float32Array {
  return weightedSum([1, original], [sigma, noise]);
}

function interpolated(
  settings: SchedulerSettings,
  training: Float32Array,
  timesteps: readonly number[],
): number[] {
  if (settings.interpolationType === 'linear') return sigmasAt(training, timesteps);
  return linspace(Math.log(training.at(-1)!), Math.log(training[0]!), timesteps.length + 1).map(Math.exp);
}

function plan(timesteps: readonly number[], sigmas: readonly number[], final: number): SigmaPlan {
  return { timesteps: Float32Array.from(timesteps), sigmas: Float32Array.from([...sigmas, final]) };
}
