import { describe, expect, it } from 'vitest';
import { passesOfPlan, planCalls, stepsOf, type FastWay } from './fast-way.ts';

const exact: FastWay = {
  guidedUntil: 1,
  guidedEvery: 1,
  afterwards: 'unguided',
  forecast: null,
  steps: 1,
  fewestSteps: 1,
};
const forecast = { chebyshev: 0, degree: 1, ridge: 0.1, taylor: 1, warmUp: 3, window: 2, growth: 0, tail: 1 };
const letters = { guided: 'g', kept: 'k', unguided: 'u', forecast: '.' };
const drawn = (way: Partial<FastWay>, calls: number) =>
  planCalls({ ...exact, ...way }, calls)
    .map((kind) => letters[kind])
    .join('');

describe('the calls of a run', () => {
  it('are all guided where nothing is saved', () => {
    expect(drawn({}, 6)).toBe('gggggg');
  });

  it('lose guidance, or keep its last difference, after a part of the run', () => {
    expect(drawn({ guidedUntil: 0.5 }, 6)).toBe('ggguuu');
    expect(drawn({ guidedUntil: 0.5, afterwards: 'kept' }, 6)).toBe('gggkkk');
  });

  it('are guided in earnest now and then', () => {
    expect(drawn({ guidedEvery: 2, guidedUntil: 0.7 }, 8)).toBe('gkgkgkuu');
  });

  it('are forecast in between, and guided ones counted among those that are asked', () => {
    expect(drawn({ forecast }, 9)).toBe('ggg.g.g.g');
    expect(drawn({ forecast, guidedEvery: 2 }, 9)).toBe('gkg.k.g.k');
  });

  it('cost two passes with guidance, one without, none when forecast', () => {
    const plan = planCalls({ ...exact, forecast, guidedUntil: 0.5 }, 9);
    expect([passesOfPlan(plan, true), passesOfPlan(plan, false)]).toEqual([10, 6]);
  });
});

describe('the steps of a run', () => {
  it('are a share of those asked for, down to the fewest that make a picture', () => {
    const way = { ...exact, steps: 0.5, fewestSteps: 8 };
    expect([50, 25, 12, 8, 4, 1].map((steps) => stepsOf(way, steps))).toEqual([25, 13, 8, 8, 4, 1]);
  });
});
