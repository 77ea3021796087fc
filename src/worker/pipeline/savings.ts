/** What a fast picture saves while it is made: calls that are forecast, and passes for guidance that is over or kept. */
import { passesOfPlan, planCalls, type FastWay } from '../../domain/diffusion/fast/fast-way.ts';
import { forecastOriginal, type Known } from '../../domain/diffusion/fast/forecast.ts';
import { createKeptDifference } from '../../domain/diffusion/fast/kept-difference.ts';
import { outputOfOriginal } from '../../domain/diffusion/samplers/output-of-original.ts';
import type { ScheduledSampler } from '../../domain/diffusion/samplers/scheduled-sampler.ts';

/** `index`: of the sampler's calls. */
export interface Savings {
  /** The model's answer where it need not be asked; null where it must. */
  forecast(index: number, latents: Float32Array): Float32Array | null;
  /** Whether the negative prompt is asked too. */
  isGuided(index: number): boolean;
  /** The prediction to go on with, from what was asked. */
  complete(index: number, guided: Float32Array, conditional: Float32Array): Float32Array;
  /** What an asked call said of the picture. */
  note(index: number, original: Float32Array): void;
  /** Passes of this call, and how many of all are done with it. */
  countedAt(index: number): { readonly call: number; readonly calls: number; readonly passes: number };
}

/** So many of the asked calls are remembered: older ones say nothing of the next. */
const remembered = 12;

export function createSavings(
  way: FastWay,
  sampler: ScheduledSampler,
  firstCall: number,
  guided: boolean,
): Savings {
  const { timesteps } = sampler;
  const plan = planCalls(way, timesteps.length - firstCall);
  const kindAt = (index: number) => plan[index - firstCall]!;
  const timeOf = (index: number) => timesteps[index]! / (timesteps[firstCall]! || 1);
  const difference = createKeptDifference();
  let known: readonly Known[] = [];
  /** A call that could not be forecast after all is made as ever. */
  const isGuided = (index: number) =>
    kindAt(index) === 'kept' ? !difference.isKnown : kindAt(index) !== 'unguided';
  return {
    forecast: (index, latents) => {
      if (kindAt(index) !== 'forecast' || !way.forecast || known.length === 0) return null;
      return outputOfOriginal(sampler, index, latents, forecastOriginal(known, timeOf(index), way.forecast));
    },
    isGuided,
    complete: (index, prediction, conditional) => {
      if (kindAt(index) === 'kept' && difference.isKnown) return difference.applyTo(conditional);
      if (isGuided(index)) difference.keep(prediction, conditional);
      return prediction;
    },
    note: (index, original) => {
      known = [...known, { time: timeOf(index), original }].slice(-remembered);
    },
    countedAt: (index) => {
      const passes = (to: number, from = 0) => passesOfPlan(plan.slice(from, to), guided);
      const at = index - firstCall;
      return { call: passes(at + 1), calls: passes(plan.length), passes: passes(at + 1, at) || 1 };
    },
  };
}
