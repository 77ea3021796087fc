import { createBrownianPath, type BrownianPath } from '../brownian-path.ts';
import type { NoiseSeed } from '../generator.ts';
import { alphasCumprod } from '../schedule/betas.ts';
import { slopeAtSigma } from '../schedule/prediction.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { timestepOfSigma, trainingSigmas } from '../schedule/sigma-schedule.ts';
import { sigmaPlan } from '../schedule/sigma-space.ts';
import { refuseOptions } from '../schedule/unsupported-options.ts';
import { weightedSum } from '../weighted-sum.ts';
import { ancestralSigmas, exponential, logarithm, middleSigmaFrom } from './ancestral-sigmas.ts';
import { towards } from './dpmpp-2s-ancestral.ts';
import { sigmaClassLacks, type SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import { createTwoCallSampler } from './two-call-sampler.ts';

/**
 * DPM-Solver++ with noise in both calls of a step, cut from one Brownian motion: the same seed keeps its picture when the number of steps
 * changes. Source: diffusers' DPMSolverSDEScheduler, whose `noise_sampler_seed` is the picture's seed, as in AUTOMATIC1111's web UI.
 */
export const dpmppSde: SamplerClass = {
  create: createDpmppSde,
  defaults: { betaStart: 0.00085, betaEnd: 0.012 },
  lacks: { ...sigmaClassLacks, clipSample: false },
};

function createDpmppSde(settings: SchedulerSettings, steps: number, seed: NoiseSeed): ScheduledSampler {
  refuseOptions('DPMSolverSDEScheduler', settings, { predictionType: 'sample' });
  const alphas = alphasCumprod(settings, false);
  const training = trainingSigmas(alphas);
  const plan = sigmaPlan(settings, alphas, steps);
  const sigmaAt = (step: number) => plan.sigmas[step]!;
  const levels = Array.from({ length: steps }, (_, at) => rounded(sigmaAt(at)));
  const middles = Array.from({ length: steps - 1 }, (_, at) => middleSigmaFrom(sigmaAt(at), sigmaAt(at + 1)));
  const noiseBetween = brownianNoise(seed, sigmaAt(steps - 1), sigmaAt(0));

  function move(from: number, to: number, sample: Float32Array, original: Float32Array): Float32Array {
    const { up, down } = ancestralSigmas(from, to);
    return weightedSum(
      [1, towards(from, down, sample, original)],
      [up, noiseBetween(from, to, sample.length)],
    );
  }

  return createTwoCallSampler(settings, plan, {
    middles,
    middleTimesteps: middles.map((sigma) => timestepOfSigma(training, sigma)),
    toMiddle: (step, { sample, original }) => move(levels[step]!, middles[step]!, sample, original),
    toNext: (step, first, second) => move(levels[step]!, levels[step + 1]!, first.sample, second.original),
    toEnd: (step, { sample, original }) =>
      weightedSum([1, sample], [-sigmaAt(step), slopeAtSigma(sample, original, sigmaAt(step))]),
  });
}

/** As the reference's logarithm leaves it, in float32: the motion is another one at the next millionth. */
const rounded = (sigma: number) => exponential(logarithm(sigma));

/** Standard normal noise between two levels: what the motion does there, at unit variance. */
function brownianNoise(seed: NoiseSeed, least: number, greatest: number) {
  let path: BrownianPath | undefined;
  /** A step asks from its own level twice, and the next one from where it ends. */
  let known: readonly (readonly [sigma: number, motion: Float32Array])[] = [];
  const motionAt = (sigma: number, length: number): Float32Array => {
    const found = known.find(([at]) => at === sigma)?.[1];
    if (found) return found;
    path ??= createBrownianPath(seed, least, greatest, length);
    const motion = path(sigma);
    known = [[sigma, motion] as const, ...known].slice(0, 3);
    return motion;
  };
  return (from: number, to: number, length: number): Float32Array => {
    const scale = 1 / Math.sqrt(Math.fround(from - to));
    return weightedSum([scale, motionAt(to, length)], [-scale, motionAt(from, length)]);
  };
}
