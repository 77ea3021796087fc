import { alphasCumprod } from '../schedule/betas.ts';
import { dynamicThreshold } from '../schedule/clamp-original.ts';
import { predictOriginal } from '../schedule/prediction.ts';
import type { SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { roundHalfEven, timestepsAboveZero } from '../schedule/spacing.ts';
import { addNoiseAtLevel, solverPlan } from '../schedule/variance-preserving.ts';
import { weightedSum } from '../weighted-sum.ts';
import type { Term } from '../weighted-sum.ts';

/**
 * DEIS: the noise predictions' polynomial in log ρ, ρ = σ/α, integrated exactly (Zhang and Chen, 2022). Source: diffusers'
 * DEISMultistepScheduler.
 */
export const deis: SamplerClass = {
  create: createDeis,
  lacks: { rescaleBetasZeroSnr: false, sigmaMin: null, sigmaMax: null },
};

function createDeis(settings: SchedulerSettings, steps: number): ScheduledSampler {
  const plan = solverPlan(
    { ...settings, useLuLambdas: false, finalSigmasType: 'sigma_min' },
    alphasCumprod(settings, false),
    timestepsAboveZero(settings, steps),
    steps,
    { wholeTimestep: settings.useKarrasSigmas ? roundHalfEven : Math.trunc, curveEndsAt: 'own-minimum' },
  );
  const { timesteps, sigmas, levels } = plan;
  /** Predicted noise, newest first. */
  let noises: Float32Array[] = [];

  const estimateOriginal: ScheduledSampler['estimateOriginal'] = (modelOutput, index, sample) => {
    const { alpha, sigma } = levels[index]!;
    const predicted = predictOriginal(settings.predictionType, alpha, sigma, modelOutput, sample);
    return settings.thresholding ? dynamicThreshold(settings, predicted) : predicted;
  };

  function predictNoise(modelOutput: Float32Array, index: number, sample: Float32Array): Float32Array {
    const { alpha, sigma } = levels[index]!;
    const original = estimateOriginal(modelOutput, index, sample);
    return weightedSum([1 / sigma, sample], [-alpha / sigma, original]);
  }

  return {
    timesteps,
    sigmas,
    callsPerStep: 1,
    initNoiseSigma: 1,
    estimateOriginal,
    scaleModelInput: (sample) => sample,
    addNoise: (original, noise, index) => addNoiseAtLevel(original, noise, levels[index]!),
    step(modelOutput, index, sample) {
      noises = [predictNoise(modelOutput, index, sample), ...noises].slice(0, settings.solverOrder);
      const order = Math.min(orderAt(settings, index, timesteps.length), noises.length);
      const logs = Array.from({ length: order + 1 }, (_, back) => Math.log(sigmas[index + 1 - back]!));
      const alphaTo = levels[index + 1]!.alpha;
      const known = noises.slice(0, order);
      const terms = known.map((noise, at): Term => [alphaTo * basisIntegral(logs, at), noise]);
      return weightedSum([alphaTo / levels[index]!.alpha, sample], ...terms);
    },
  };
}

function orderAt({ solverOrder, lowerOrderFinal }: SchedulerSettings, index: number, calls: number): number {
  if (!lowerOrderFinal || calls >= 15) return solverOrder;
  return Math.min(solverOrder, calls - index);
}

/**
 * ∫ L(u)·eᵘ du from the step's start to its end, where L is the Lagrange polynomial that is 1 at the known point `which`.
 * @param logs log ρ at the step's end, then at the known points, newest first (the newest is the step's start)
 */
function basisIntegral([end, ...known]: readonly number[], which: number): number {
  const own = known[which]!;
  const roots = known.filter((_, at) => at !== which);
  const scale = roots.reduce((product, root) => product * (own - root), 1);
  return (antiderivative(end!, roots) - antiderivative(known[0]!, roots)) / scale;
}

/** (p − p′ + p″)·eᵘ for the monic polynomial p with up to two roots. */
function antiderivative(u: number, [first, second]: readonly number[]): number {
  if (first === undefined) return Math.exp(u);
  if (second === undefined) return (u - first - 1) * Math.exp(u);
  return ((u - first) * (u - second) - (2 * u - first - second) + 2) * Math.exp(u);
}
