import { alphasCumprod } from '../schedule/betas.ts';
import { predictOriginalAtSigma, slopeAtSigma } from '../schedule/prediction.ts';
import { sigmaClassLacks, type SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { addNoiseAtSigma, initialSigma, scaleBySigma, sigmaPlan } from '../schedule/sigma-space.ts';
import { weightedSum } from '../weighted-sum.ts';
import type { Term } from '../weighted-sum.ts';

const maxOrder = 4;

/** Linear multistep (Adams–Bashforth) in σ with up to four past slopes. Source: diffusers' LMSDiscreteScheduler. */
export const lms: SamplerClass = {
  create: createLms,
  lacks: sigmaClassLacks,
};

function createLms(settings: SchedulerSettings, steps: number): ScheduledSampler {
  const { timesteps, sigmas } = sigmaPlan(settings, alphasCumprod(settings, false), steps);
  /** Newest first. */
  let slopes: Float32Array[] = [];
  const estimateOriginal: ScheduledSampler['estimateOriginal'] = (modelOutput, index, sample) =>
    predictOriginalAtSigma(settings.predictionType, sigmas[index]!, modelOutput, sample);
  return {
    timesteps,
    sigmas,
    callsPerStep: 1,
    initNoiseSigma: initialSigma(settings, sigmas),
    estimateOriginal,
    scaleModelInput: (sample, index) => scaleBySigma(sample, sigmas[index]!),
    addNoise: (original, noise, index) => addNoiseAtSigma(original, noise, sigmas[index]!),
    step(modelOutput, index, sample) {
      const sigma = sigmas[index]!;
      const original = estimateOriginal(modelOutput, index, sample);
      const slope = slopeAtSigma(sample, original, sigma);
      slopes = [slope, ...slopes].slice(0, maxOrder);
      // The order follows the index, also where image-to-image began late and fewer slopes are known: so does the reference.
      const order = Math.min(index + 1, maxOrder);
      const terms = slopes.map((past, at): Term => [basisIntegral(sigmas, index, order, at), past]);
      return weightedSum([1, sample], ...terms);
    },
  };
}

/** Nodes and weights of Gauss–Legendre quadrature with two points: exact for the cubics at hand. */
const gaussNode = 1 / Math.sqrt(3);

/** ∫ of the Lagrange basis polynomial that is 1 at `sigmas[index − which]`, over the step from σ_index to σ_index+1. */
function basisIntegral(sigmas: Float32Array, index: number, order: number, which: number): number {
  const from = sigmas[index]!;
  const to = sigmas[index + 1]!;
  const middle = (from + to) / 2;
  const half = (to - from) / 2;
  const at = (node: number) => basisAt(middle + half * node, sigmas, index, order, which);
  return half * (at(-gaussNode) + at(gaussNode));
}

function basisAt(sigma: number, sigmas: Float32Array, index: number, order: number, which: number): number {
  const own = sigmas[index - which]!;
  let product = 1;
  for (let other = 0; other < order; other++) {
    const node = sigmas[index - other]!;
    if (other !== which) product *= (sigma - node) / (own - node);
  }
  return product;
}
