import { alphasCumprod } from '../schedule/betas.ts';
import { dynamicThreshold } from '../schedule/clamp-original.ts';
import { solveLinear } from '../linear-system.ts';
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
 * UniPC: a multistep predictor whose every step is corrected once the model has been asked at its end (Zhao et al., 2023). It predicts
 * x₀. Source: diffusers' UniPCMultistepScheduler.
 */
export const uniPc: SamplerClass = {
  create: createUniPc,
  defaults: { solverType: 'bh2' },
};

function createUniPc(settings: SchedulerSettings, steps: number): ScheduledSampler {
  refuseOptions('UniPCMultistepScheduler', settings, { predictX0: false });
  const { timesteps, sigmas, levels } = uniPcPlan(settings, steps);
  /** Predicted pictures, newest first. */
  let originals: Float32Array[] = [];
  let last: { readonly sample: Float32Array; readonly order: number } | undefined;

  function correct(index: number, sample: Float32Array, original: Float32Array): Float32Array {
    if (last === undefined || settings.disableCorrector.includes(index - 1)) return sample;
    const move: Move = { levels, to: index, order: last.order, settings };
    return corrected(move, last.sample, originals, original);
  }

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
    step(modelOutput, index, sample) {
      const original = estimateOriginal(modelOutput, index, sample);
      const from = correct(index, sample, original);
      originals = [original, ...originals].slice(0, settings.solverOrder);
      const callsLeft = settings.lowerOrderFinal ? timesteps.length - index : Infinity;
      const order = Math.min(settings.solverOrder, callsLeft, originals.length);
      last = { sample: from, order };
      return predictNext({ levels, to: index + 1, order, settings }, from, originals);
    },
  };
}

function uniPcPlan(settings: SchedulerSettings, steps: number): SolverPlan {
  const timesteps = timestepsAboveZero(settings, steps);
  const wholeTimestep = settings.useKarrasSigmas ? roundHalfEven : Math.trunc;
  return solverPlan({ ...settings, useLuLambdas: false }, alphasCumprod(settings, true), timesteps, steps, {
    wholeTimestep,
    curveEndsAt: 'own-minimum',
  });
}

/** A move from the noise level before `to`, with `order` predictions known at and before it. */
interface Move {
  readonly levels: readonly NoiseLevel[];
  readonly to: number;
  readonly order: number;
  readonly settings: SchedulerSettings;
}

/** UniP: extrapolates from the predictions known so far. */
function predictNext(move: Move, sample: Float32Array, originals: readonly Float32Array[]): Float32Array {
  const { ratios, matrix, right } = conditions(move);
  const inner = move.order - 1;
  const unknowns = matrix.slice(0, inner).map((row) => row.slice(0, inner));
  const weights = inner === 1 ? [0.5] : solveLinear(unknowns, right.slice(0, inner));
  return moved(move, sample, originals[0]!, differences(originals, ratios, weights));
}

/** UniC: the same move, with the prediction made at its end. */
function corrected(
  move: Move,
  sample: Float32Array,
  originals: readonly Float32Array[],
  atEnd: Float32Array,
): Float32Array {
  const { ratios, matrix, right } = conditions(move);
  const weights = move.order === 1 ? [0.5] : solveLinear(matrix, right);
  const newest = originals[0]!;
  const end = weights.at(-1)!;
  const terms: Term[] = [
    ...differences(originals, ratios, weights.slice(0, -1)),
    [end, atEnd],
    [-end, newest],
  ];
  return moved(move, sample, newest, terms);
}

/** How far each older prediction lies, in steps, and the order conditions of its weight (equation 10 of the paper). */
function conditions({ levels, to, order, settings }: Move) {
  const from = levels[to - 1]!.lambda;
  const h = f32(levels[to]!.lambda - from);
  const older = Array.from({ length: order - 1 }, (_, back) => f32(levels[to - 2 - back]!.lambda - from) / h);
  const ratios = [...older, 1];
  const matrix = ratios.map((_, power) => ratios.map((ratio) => ratio ** power));
  const scale = settings.solverType === 'bh1' ? -h : Math.expm1(-h);
  return { ratios, matrix, right: momentsOfStep(-h, order).map((moment) => moment / scale) };
}

/** k!·φ_{k+1}(h)·h for k = 1 … order. */
function momentsOfStep(h: number, order: number): number[] {
  let phi = Math.expm1(h) / h - 1;
  let factorial = 1;
  return Array.from({ length: order }, (_, at) => {
    const moment = phi * factorial;
    factorial *= at + 2;
    phi = phi / h - 1 / factorial;
    return moment;
  });
}

function differences(
  originals: readonly Float32Array[],
  ratios: readonly number[],
  weights: readonly number[],
): Term[] {
  return weights.flatMap((weight, at): Term[] => {
    const slope = weight / ratios[at]!;
    return [
      [slope, originals[at + 1]!],
      [-slope, originals[0]!],
    ];
  });
}

function moved(
  move: Move,
  sample: Float32Array,
  newest: Float32Array,
  corrections: readonly Term[],
): Float32Array {
  const from = move.levels[move.to - 1]!;
  const to = move.levels[move.to]!;
  const h = f32(to.lambda - from.lambda);
  const gain = -Math.expm1(-h);
  const scale = to.alpha * (move.settings.solverType === 'bh1' ? h : gain);
  const scaled = corrections.map(([weight, values]): Term => [scale * weight, values]);
  return weightedSum([to.sigma / from.sigma, sample], [to.alpha * gain, newest], ...scaled);
}
