/** How a picture is made with fewer passes of the model than its settings ask for: published ways, put together. */
import { askedCalls, type AskingRule } from './asked-calls.ts';
import type { ForecastRule } from './forecast.ts';
import { isInInterval } from './guidance-interval.ts';

export interface FastWay {
  /** Of the calls, this share is guided, from the first. */
  readonly guidedUntil: number;
  /** Within it only every so-many-th asked call is guided in earnest; the others use the difference that was kept. */
  readonly guidedEvery: number;
  /** What the calls after it do. */
  readonly afterwards: 'unguided' | 'kept';
  /** Null: no call is forecast. */
  readonly forecast: (ForecastRule & AskingRule) | null;
  /** A run has this share of the steps that were asked for … */
  readonly steps: number;
  /** … but never fewer than this, unless fewer were asked for. */
  readonly fewestSteps: number;
}

/** `guided`: one pass more than prompts. `kept`, `unguided`: the prompts' passes. `forecast`: none. */
export type CallKind = 'guided' | 'kept' | 'unguided' | 'forecast';

/** Steps of a run for which `steps` were asked. */
export const stepsOf = (way: FastWay, steps: number): number =>
  Math.min(steps, Math.max(way.fewestSteps, Math.round(steps * way.steps)));

/** What each call of a run does. */
export function planCalls(way: FastWay, calls: number): readonly CallKind[] {
  const asked = way.forecast ? askedCalls(calls, way.forecast) : new Array<boolean>(calls).fill(true);
  let sinceGuided = Infinity;
  return asked.map((isAsked, call) => {
    if (!isAsked) return 'forecast';
    if (!isInInterval(call, calls, way.guidedUntil)) return way.afterwards;
    sinceGuided++;
    if (sinceGuided < way.guidedEvery) return 'kept';
    sinceGuided = 0;
    return 'guided';
  });
}

/** Passes of the model that a run of these calls makes. `guided`: with guidance. */
export function passesOfPlan(plan: readonly CallKind[], guided: boolean): number {
  const passes = { guided: guided ? 2 : 1, kept: 1, unguided: 1, forecast: 0 };
  return plan.reduce((sum, kind) => sum + passes[kind], 0);
}
