import type { SchedulerSettings } from './scheduler-fields.ts';
import { curveOf, sigmasAt, timestepOfSigma, trainingSigmas } from './sigma-schedule.ts';
import { linspace, roundHalfEven } from './spacing.ts';
import { weightedSum } from '../weighted-sum.ts';

const f32 = Math.fround;

/** One noise level of xₜ = α·x₀ + σ·ε, with λ = log(α/σ): +∞ where the picture ends. Rounded to float32 as the reference does. */
export interface NoiseLevel {
  readonly alpha: number;
  readonly sigma: number;
  readonly lambda: number;
}

/** The plan of the multistep solvers: DPM-Solver, UniPC, DEIS. */
export interface SolverPlan {
  /** Whole training timesteps. [steps] */
  readonly timesteps: Float32Array;
  /** σ/α at each call and where the picture ends. [steps + 1] */
  readonly sigmas: Float32Array;
  readonly levels: readonly NoiseLevel[];
}

/** What differs between the solvers' `set_timesteps` in diffusers. */
export interface SolverPlanRules {
  /** How the timestep of a σ on a curve is made whole. */
  readonly wholeTimestep: (timestep: number) => number;
  /** With `final_sigmas_type: sigma_min`, a curve ends at the training's smallest σ, or repeats its own last. */
  readonly curveEndsAt: 'training-minimum' | 'own-minimum';
}

/** @param timesteps as the class spaces them; replaced where the σ are on a curve */
export function solverPlan(
  settings: SchedulerSettings,
  alphas: Float32Array,
  timesteps: readonly number[],
  steps: number,
  rules: SolverPlanRules,
): SolverPlan {
  const training = trainingSigmas(alphas);
  const curved = curveSigmas(settings, training, steps);
  const sigmas = curved ?? sigmasAt(training, timesteps);
  const ownEnd = curved !== undefined && rules.curveEndsAt === 'own-minimum';
  const smallest = ownEnd ? sigmas.at(-1)! : training[0]!;
  const rounded = Float32Array.of(...sigmas, settings.finalSigmasType === 'zero' ? 0 : smallest);
  // The aligned timesteps are whole where there are ten of them; the logarithm may leave a little less.
  const wholeTimestep = settings.useAlignedSigmas ? roundHalfEven : rules.wholeTimestep;
  const whole = curved?.map((sigma) => wholeTimestep(timestepOfSigma(training, sigma)));
  return {
    timesteps: Float32Array.from(whole ?? timesteps),
    sigmas: rounded,
    levels: Array.from(rounded, noiseLevel),
  };
}

function noiseLevel(ratio: number): NoiseLevel {
  const alpha = f32(1 / f32(Math.sqrt(f32(f32(ratio ** 2) + 1))));
  const sigma = f32(ratio * alpha);
  return { alpha, sigma, lambda: f32(f32(Math.log(alpha)) - f32(Math.log(sigma))) };
}

export function addNoiseAtLevel(
  original: Float32Array,
  noise: Float32Array,
  level: NoiseLevel,
): Float32Array {
  return weightedSum([level.alpha, original], [level.sigma, noise]);
}

function curveSigmas(
  settings: SchedulerSettings,
  training: Float32Array,
  steps: number,
): number[] | undefined {
  const largest = settings.sigmaMax ?? training.at(-1)!;
  const smallest = settings.sigmaMin ?? training[0]!;
  if (settings.useLuLambdas && !settings.useKarrasSigmas) return logarithmic(largest, smallest, steps);
  return curveOf(settings, training)?.(largest, smallest, steps);
}

/** Equal steps of log σ between float32 logarithms (Lu et al., "DPM-Solver", 2022). */
function logarithmic(largest: number, smallest: number, steps: number): number[] {
  const from = f32(Math.log(largest));
  const to = f32(Math.log(smallest));
  return linspace(0, 1, steps).map((ramp) => Math.exp(from + ramp * (to - from)));
}
