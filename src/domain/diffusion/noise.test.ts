import { describe, expect, it } from 'vitest';
import { goldenTensors } from '../../testing/golden.ts';
import { createGenerator } from './noise.ts';

describe('noise', () => {
  for (const [key, { data }] of goldenTensors('randn.safetensors')) {
    it(`equals torch.randn for seed and shape ${key}`, () => {
      const [seed, shape] = key.split('/') as [string, string];
      const length = shape.split('x').reduce((product, side) => product * Number(side), 1);
      const values = createGenerator(Number(seed)).randn(length);
      expect(values).toHaveLength(length);
      expect(largestDifference(values, data)).toBeLessThan(1e-6);
    });
  }

  // torch.Generator().manual_seed(5), torch.randn of these lengths in turn (PyTorch 2.13, CPU): first and last value of each.
  const consecutive: readonly (readonly [length: number, first: number, last: number])[] = [
    [7, -0.4867808, -1.401702],
    [16, 2.7798631, 1.7470315],
    [3, -0.7625571, 0.7679415],
    [20, 1.9230599, 0.908937],
    [1, -0.9959338, -0.9959338],
    [4096, 0.9771792, 0.1585263],
    [2, 1.1562742, 0.6769672],
    [33, 0.6251196, 2.1012924],
    [15, -1.5728174, 1.2385297],
    [1, 0.9084341, 0.9084341],
  ];

  it('goes on between calls, and keeps the second value of a pair over a long tensor', () => {
    const generator = createGenerator(5);
    for (const [length, first, last] of consecutive) {
      const values = generator.randn(length);
      expect(values[0]).toBeCloseTo(first, 6);
      expect(values[length - 1]).toBeCloseTo(last, 6);
    }
  });

  it('uses the low 32 bits of a seed, as torch does', () => {
    expect(createGenerator(2 ** 32 + 3).randn(20)).toEqual(createGenerator(3).randn(20));
    expect(createGenerator(4).randn(20)).not.toEqual(createGenerator(3).randn(20));
  });

  it('draws uniform values in [0, 1)', () => {
    const values = createGenerator(1).uniform(10_000);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1);
  });
});

/** The golden arrays hold the first 4096 values only. */
function largestDifference(values: Float32Array, expected: ArrayLike<number>): number {
  return Array.from(expected).reduce(
    (largest, value, at) => Math.max(largest, Math.abs(value - values[at]!)),
    0,
  );
}
