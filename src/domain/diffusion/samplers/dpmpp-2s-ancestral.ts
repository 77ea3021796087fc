import { alphasCumprod } from '../schedule/betas.ts';
import { slopeAtSigma } from '../schedule/prediction.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { timestepOfSigma, trainingSigmas } from '../schedule/sigma-schedule.ts';
import { sigmaPlan } from '../schedule/sigma-space.ts';
import { refuseOptions } from '../schedule/unsupported-options.ts';
import { weightedSum } from '../weighted-sum.ts';
import { ancestralSigmas, middleSigmaFrom } from './ancestral-sigmas.ts';
import { sigmaClassLacks, type SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import { createTwoCallSampler } from './two-call-sampler.ts';

/**
 * DPM-Solver++(2S) below the next noise level, and fresh noise up to it (Lu et al., 2022). diffusers has no such class. Source:
 * k-diffusion's `sample_dpmpp_2s_ancestral`, over the noise levels that diffusers gives its kin.
 */
export const dpmpp2sAncestral: SamplerClass = {
  create: createDpmpp2sAncestral,
  defaults: { betaStart: 0.00085, betaEnd: 0.012 },
  lacks: { ...sigmaClassLacks, clipSample: false },
};

function createDpmpp2sAncestral(settings: SchedulerSettings, steps: number): ScheduledSampler {
  refuseOptions('DPM++ 2S a', settings, { predictionType: 'sample' });
  const alphas = alphasCumprod(settings, false);
  const training = trainingSigmas(alphas);
  const plan = sigmaPlan(settings, alphas, steps);
  const sigmaAt = (step: number) => plan.sigmas[step]!;
  const levels = Array.from({ length: steps - 1 }, (_, at) => ancestralSigmas(sigmaAt(at), sigmaAt(at + 1)));
  const middles = levels.map(({ down }, at) => middleSigmaFrom(sigmaAt(at), down));

  return createTwoCallSampler(settings, plan, {
    middles,
    middleTimesteps: middles.map((sigma) => timestepOfSigma(training, sigma)),
    toMiddle: (step, first) => towards(sigmaAt(step), middles[step]!, first.sample, first.original),
    toNext(step, first, second, randn) {
      const { up, down } = levels[step]!;
      const moved = towards(sigmaAt(step), down, first.sample, second.original);
      return weightedSum([1, moved], [up, randn(moved.length)]);
    },
    toEnd: (step, { sample, original }) =>
      weightedSum([1, sample], [-sigmaAt(step), slopeAtSigma(sample, original, sigmaAt(step))]),
  });
}

/** The exact solution from one noise level to a lower one where the picture stays the same (Lu et al., 2022, equation 3.7). */
export function towards(
  from: number,
  to: number,
  sample: Float32Array,
  original: Float32Array,
): Float32Array {
  const kept = to / from;
  return weightedSum([kept, sample], [1 - kept, original]);
}
