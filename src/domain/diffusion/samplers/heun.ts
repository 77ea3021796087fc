import { alphasCumprod } from '../schedule/betas.ts';
import { clip } from '../schedule/clamp-original.ts';
import { slopeAtSigma } from '../schedule/prediction.ts';
import { sigmaClassLacks, type SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { sigmaPlan } from '../schedule/sigma-space.ts';
import { createTwoCallSampler, type Asked } from './two-call-sampler.ts';
import { weightedSum } from '../weighted-sum.ts';

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
  const plan = sigmaPlan(settings, alphasCumprod(settings, false), steps);
  const sigmaAt = (step: number) => plan.sigmas[step]!;
  const slope = ({ sample, original }: Asked, sigma: number) =>
    slopeAtSigma(sample, settings.clipSample ? clip(original, settings.clipSampleRange) : original, sigma);
  const euler = (step: number, first: Asked) =>
    weightedSum([1, first.sample], [sigmaAt(step + 1) - sigmaAt(step), slope(first, sigmaAt(step))]);

  const sampler = createTwoCallSampler(settings, plan, {
    middles: [...plan.sigmas.slice(1, -1)],
    middleTimesteps: [...plan.timesteps.slice(1)],
    toMiddle: euler,
    toEnd: euler,
    toNext(step, first, second) {
      const weight = (sigmaAt(step + 1) - sigmaAt(step)) / 2;
      const [from, to] = [slope(first, sigmaAt(step)), slope(second, sigmaAt(step + 1))];
      return weightedSum([1, first.sample], [weight, from], [weight, to]);
    },
  });
  return { ...sampler, sigmas: eachTwiceBetweenEnds(plan.sigmas) };
}

/** As the reference lists them: at each call and after the last. */
function eachTwiceBetweenEnds(values: Float32Array): Float32Array {
  const last = values.length - 1;
  return Float32Array.from(
    Array.from(values).flatMap((value, at) => (at === 0 || at === last ? [value] : [value, value])),
  );
}
