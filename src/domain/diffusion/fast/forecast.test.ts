import { describe, expect, it } from 'vitest';
import { chebyshevWeights, forecastOriginal, taylorWeights, type ForecastRule } from './forecast.ts';

const times = [1, 0.9, 0.8, 0.7, 0.6, 0.5];
const at = (weights: readonly number[], values: readonly number[]) =>
  weights.reduce((sum, weight, i) => sum + weight * values[i]!, 0);

describe('the Chebyshev fit', () => {
  it.each([0, 1, 2, 3])('goes on with a polynomial of degree %i, but for the ridge', (degree) => {
    const curve = (time: number) => time ** degree + 2;
    const weights = chebyshevWeights(times, 0.4, { degree: 3, ridge: 1e-9 });
    expect(at(weights, times.map(curve))).toBeCloseTo(curve(0.4), 5);
  });

  it('holds what does not change, whatever the ridge', () => {
    const weights = chebyshevWeights(times, 0.4, { degree: 4, ridge: 0.5 });
    expect(at(weights, [3, 3, 3, 3, 3, 3])).toBeCloseTo(3, 10);
  });

  it('bears more polynomials than there are values, and a time that comes twice', () => {
    const weights = chebyshevWeights([1, 0.9, 0.9], 0.8, { degree: 4, ridge: 0.1 });
    expect(weights.every(Number.isFinite)).toBe(true);
    expect(at(weights, [1, 1, 1])).toBeCloseTo(1, 10);
  });
});

describe('the Taylor step', () => {
  it('repeats the newest, goes on straight, or bends', () => {
    expect(taylorWeights(times, 0.4, 0)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(at(taylorWeights(times, 0.4, 1), times)).toBeCloseTo(0.4, 10);
    const square = (time: number) => time * time;
    expect(at(taylorWeights(times, 0.4, 2), times.map(square))).toBeCloseTo(0.16, 10);
  });

  it('has a lower order while there are few, or two at one time', () => {
    expect(taylorWeights([0.7], 0.5, 2)).toEqual([1]);
    expect(at(taylorWeights([0.9, 0.7, 0.7], 0.5, 1), [9, 7, 7])).toBeCloseTo(5, 10);
  });
});

describe('a forecast', () => {
  const known = times.map((time) => ({ time, original: Float32Array.of(time, 1, -time) }));
  const rule: ForecastRule = { chebyshev: 0.5, degree: 2, ridge: 1e-6, taylor: 1 };

  it('is of every value at once, and blends both', () => {
    const [a, b, c] = forecastOriginal(known, 0.45, rule);
    expect([a, b, c].map((value) => Math.round(value! * 1e4) / 1e4)).toEqual([0.45, 1, -0.45]);
  });

  it('of one call is that call', () => {
    expect(forecastOriginal(known.slice(0, 1), 0.9, rule)).toEqual(known[0]!.original);
  });
});
