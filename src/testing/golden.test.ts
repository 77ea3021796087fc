import { expect, test } from 'vitest';
import { goldenJson, goldenTensors } from './golden.ts';

test('the reference folder holds cases to walk over', () => {
  expect(goldenJson<unknown[]>('schedulers.json').length).toBeGreaterThan(0);
  expect(goldenJson<unknown[]>('pipeline.json').length).toBeGreaterThan(0);
});

test('a tensor has as many values as its shape says', () => {
  for (const [, { shape, data }] of goldenTensors('schedulers.safetensors')) {
    expect(data.length).toBe(shape.reduce((a, b) => a * b, 1));
  }
});
