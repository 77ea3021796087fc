import { alphasCumprod } from '../schedule/betas.ts';
import { slopeAtSigma } from '../schedule/prediction.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { timestepOfSigma, trainingSigmas } from '../schedule/sigma-schedule.ts';
import { sigmaPlan, type SigmaPlan } from '../schedule/sigma-space.ts';
import { roundHalfEven } from '../schedule/spacing.ts';
import { refuseOptions } from '../schedule/unsupported-options.ts';
import { weightedSum } from '../weighted-sum.ts';
import { ancestralSigmas, middleSigma } from './ancestral-sigmas.ts';
import { sigmaClassLacks, type SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import { createTwoCallSampler, type Asked, type Randn } from './two-call-sampler.ts';

/**
 * A half step to the geometric middle of two noise levels, whose slope then makes the whole one (DPM-Solver-2: Lu et al., 2022; k-diffusion's
 * DPM2). Source: diffusers' KDPM2DiscreteScheduler.
 */
export const dpm2: SamplerClass = {
  create: (settings, steps) => createDpm2('KDPM2DiscreteScheduler', settings, steps, noNoise),
  defaults: { betaStart: 0.00085, betaEnd: 0.012 },
  lacks: { ...sigmaClassLacks, clipSample: false },
};

/** The same below the next level, and fresh noise up to it. Source: diffusers' KDPM2AncestralDiscreteScheduler. */
export const dpm2Ancestral: SamplerClass = {
  ...dpm2,
  create: (settings, steps) =>
    createDpm2('KDPM2AncestralDiscreteScheduler', settings, steps, ancestralSigmas),
};

const noNoise: typeof ancestralSigmas = (_from, to) => ({ up: 0, down: to });

function createDpm2(
  className: string,
  settings: SchedulerSettings,
  steps: number,
  levelsOf: typeof ancestralSigmas,
): ScheduledSampler {
  refuseOptions(className, settings, { predictionType: 'sample' });
  const { plan, training } = planOf(settings, steps);
  const levels = Array.from({ length: steps - 1 }, (_, at) =>
    levelsOf(plan.sigmas[at]!, plan.sigmas[at + 1]!),
  );
  const middles = levels.map(({ down }, at) => middleSigma(plan.sigmas[at]!, down));
  const move = (from: Asked, slopeOf: Asked, slopeSigma: number, change: number) =>
    weightedSum([1, from.sample], [change, slopeAtSigma(slopeOf.sample, slopeOf.original, slopeSigma)]);
  const euler = (first: Asked, from: number, to: number) => move(first, first, from, to - from);

  return createTwoCallSampler(settings, plan, {
    middles,
    middleTimesteps: middles.map((sigma) => timestepOfSigma(training, sigma)),
    toMiddle: (step, first) => euler(first, plan.sigmas[step]!, middles[step]!),
    toEnd: (step, first) => euler(first, plan.sigmas[step]!, 0),
    toNext(step, first, second, randn) {
      const { up, down } = levels[step]!;
      const moved = move(first, second, middles[step]!, down - plan.sigmas[step]!);
      return withNoise(moved, up, randn);
    },
  });
}

function planOf(settings: SchedulerSettings, steps: number): { plan: SigmaPlan; training: Float32Array } {
  const alphas = alphasCumprod(settings, false);
  const whole = settings.useKarrasSigmas ? roundHalfEven : undefined;
  return { plan: sigmaPlan(settings, alphas, steps, whole), training: trainingSigmas(alphas) };
}

const withNoise = (sample: Float32Array, up: number, randn: Randn) =>
  up === 0 ? sample : weightedSum([1, sample], [up, randn(sample.length)]);
