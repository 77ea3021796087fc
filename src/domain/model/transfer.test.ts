import { expect, test } from 'vitest';
import { addSample, paceOf, type TransferSample } from './transfer.ts';

const samplesOf = (...pairs: (readonly [atMs: number, loadedBytes: number])[]) =>
  pairs.reduce<readonly TransferSample[]>(
    (samples, [atMs, loadedBytes]) => addSample(samples, { atMs, loadedBytes }),
    [],
  );

test('a steady transfer has a steady speed', () => {
  const steady = Array.from({ length: 60 }, (_, i) => [i * 500, i * 1000] as const);
  expect(paceOf(samplesOf(...steady), 159_000)).toEqual({ bytesPerSec: 2000, secondsLeft: 50 });
});

test('the first second tells no speed', () => {
  expect(paceOf(samplesOf([0, 0], [900, 5000]), 10_000)).toBeNull();
  expect(paceOf([], 10_000)).toBeNull();
});

test('a slower network shows after ten seconds', () => {
  const fast = Array.from({ length: 11 }, (_, i) => [i * 1000, i * 10_000] as const);
  const slow = Array.from({ length: 11 }, (_, i) => [11_000 + i * 1000, 101_000 + i * 1000] as const);
  expect(paceOf(samplesOf(...fast, ...slow), 1e6)?.bytesPerSec).toBe(1000);
});

test('a stall is no speed', () => {
  expect(paceOf(samplesOf([0, 5], [3000, 5]), 10)).toBeNull();
});

test('a file that starts again does not make the speed negative', () => {
  expect(paceOf(samplesOf([0, 0], [2000, 4000], [3000, 1000], [4000, 2000], [5000, 3000]), 5000)).toEqual({
    bytesPerSec: 1000,
    secondsLeft: 2,
  });
});
