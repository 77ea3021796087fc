import { alphasCumprod } from '../schedule/betas.ts';
import { dynamicThreshold } from '../schedule/clamp-original.ts';
import { predictOriginal } from '../schedule/prediction.ts';
import type { SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { roundHalfEven, timestepsAboveZero } from '../schedule/spacing.ts';
import { refuseOptions } from '../schedule/unsupported-options.ts';
import { addNoiseAtLevel, solverPlan } from '../schedule/variance-preserving.ts';
import type { NoiseLevel, SolverPlan } from '../schedule/variance-preserving.ts';
import { weightedSum } from '../weighted-sum.ts';
import type { Term } from '../weighted-sum.ts';

const f32 = Math.fround;

/**
 * DPM-Solver++ of order 1 to 3 and its stochastic variant (Lu et al., 2022; "2M", "2M Karras", "2M SDE" of other programs).
 * Source: diffusers' DPMSolverMultistepScheduler.
 */
export const dpmMultistep: SamplerClass = {
  create: createDpmMultistep,
  lacks: { sigmaMin: null, sigmaMax: null },
};

function createDpmMultistep(settings: SchedulerSettings, steps: number): ScheduledSampler {
  refuseUnknown(settings);
  const { timesteps, sigmas, levels } = dpmPlan(settings, steps);
  const stochastic = settings.algorithmType === 'sde-dpmsolver++';
  /** Predicted pictures, newest first. */
  let originals: Float32Array[] = [];
  const estimateOriginal: ScheduledSampler['estimateOriginal'] = (modelOutput, index, sample) => {
    const { alpha, sigma } = levels[index]!;
    const predicted = predictOriginal(settings.predictionType, alpha, sigma, modelOutput, sample);
    return settings.thresholding ? dynamicThreshold(settings, predicted) : predicted;
  };

  return {
    timesteps,
    sigmas,
    callsPerStep: 1,
    initNoiseSigma: 1,
    estimateOriginal,
    scaleModelInput: (sample) => sample,
    addNoise: (original, noise, index) => addNoiseAtLevel(original, noise, levels[index]!),
    step(modelOutput, index, sample, randn) {
      const original = estimateOriginal(modelOutput, index, sample);
      originals = [original, ...originals].slice(0, settings.solverOrder);
      const noise = stochastic ? randn(sample.length) : undefined;
      const order = Math.min(orderAt(settings, index, timesteps.length), originals.length);
      const derivatives = scaledDerivatives(order, originals, levels, index);
      return update(settings, levels[index]!, levels[index + 1]!, sample, derivatives, noise);
    },
  };
}

function refuseUnknown(settings: SchedulerSettings): void {
  const name = 'DPMSolverMultistepScheduler';
  refuseOptions(name, settings, { algorithmType: 'dpmsolver' });
  refuseOptions(name, settings, { algorithmType: 'sde-dpmsolver', varianceType: 'learned' });
  refuseOptions(name, settings, { varianceType: 'learned_range' });
}

function dpmPlan(settings: SchedulerSettings, steps: number): SolverPlan {
  const alphas = alphasCumprod(settings, true);
  const timesteps = timestepsAboveZero(settings, steps, lastTimestep(settings, alphas));
  const rounds =
    (settings.useKarrasSigmas || settings.useLuLambdas) && settings.betaSchedule !== 'squaredcos_cap_v2';
  const wholeTimestep = rounds ? roundHalfEven : Math.trunc;
  return solverPlan(settings, alphas, timesteps, steps, { wholeTimestep, curveEndsAt: 'training-minimum' });
}

/** The cosine schedule's noisiest timesteps are left out where λ falls below `lambda_min_clipped`. */
function lastTimestep(settings: SchedulerSettings, alphas: Float32Array): number {
  const lambda = (alpha: number) =>
    f32(f32(Math.log(f32(Math.sqrt(alpha)))) - f32(Math.log(f32(Math.sqrt(f32(1 - alpha))))));
  return alphas.filter((alpha) => lambda(alpha) >= settings.lambdaMinClipped).length;
}

function orderAt(settings: SchedulerSettings, index: number, calls: number): number {
  const { solverOrder, lowerOrderFinal, eulerAtFinal, finalSigmasType } = settings;
  const lowersOrder = lowerOrderFinal && calls < 15;
  if (index === calls - 1 && (eulerAtFinal || lowersOrder || finalSigmasType === 'zero')) return 1;
  return index === calls - 2 && lowersOrder ? Math.min(solverOrder, 2) : solverOrder;
}

/** D₀, D₁, D₂ of the paper: the newest prediction and its divided differences in λ, scaled by the step. */
function scaledDerivatives(
  order: number,
  originals: readonly Float32Array[],
  levels: readonly NoiseLevel[],
  index: number,
): readonly Float32Array[] {
  const [m0, m1, m2] = originals as readonly [Float32Array, Float32Array, Float32Array];
  if (order === 1) return [m0];
  const lambda = (back: number) => levels[index - back]!.lambda;
  const h = f32(levels[index + 1]!.lambda - lambda(0));
  const r0 = f32(f32(lambda(0) - lambda(1)) / h);
  const newer = weightedSum([1 / r0, m0], [-1 / r0, m1]);
  if (order === 2) return [m0, newer];
  const r1 = f32(f32(lambda(1) - lambda(2)) / h);
  const older = weightedSum([1 / r1, m1], [-1 / r1, m2]);
  const bend = weightedSum([1, newer], [-1, older]);
  return [m0, weightedSum([1, newer], [r0 / (r0 + r1), bend]), bend.map((value) => value / (r0 + r1))];
}

/** Exact integrals of the exponential weights against 1, λ and λ²/2: the stochastic variant doubles the decay. */
function update(
  settings: SchedulerSettings,
  from: NoiseLevel,
  to: NoiseLevel,
  sample: Float32Array,
  derivatives: readonly Float32Array[],
  noise: Float32Array | undefined,
): Float32Array {
  const h = f32(to.lambda - from.lambda);
  const decay = noise === undefined ? h : 2 * h;
  const weights = derivativeWeights(settings, decay, derivatives.length).map((weight) => to.alpha * weight);
  const keep = (to.sigma / from.sigma) * (noise === undefined ? 1 : Math.exp(-h));
  const terms: Term[] = [[keep, sample], ...derivatives.map((values, at): Term => [weights[at]!, values])];
  if (noise !== undefined) terms.push([to.sigma * Math.sqrt(-Math.expm1(-2 * h)), noise]);
  return weightedSum(...terms);
}

function derivativeWeights(
  { solverType, algorithmType }: SchedulerSettings,
  decay: number,
  order: number,
): number[] {
  // The stochastic variant's sign is the reference's; by the derivation it would be the same as the other's.
  const half = algorithmType === 'dpmsolver++' ? 0.5 : -0.5;
  const gain = -Math.expm1(-decay);
  if (order === 1) return [gain];
  const exact = 1 - gain / decay;
  if (order === 2) return [gain, solverType === 'heun' ? exact : gain / 2];
  return [gain, exact, (gain - decay) / decay ** 2 + half];
}
