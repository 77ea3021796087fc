import { expect, test } from 'vitest';
import { goldenJson, goldenTensors } from '../../testing/golden.ts';
import { createPhilox } from './philox.ts';

interface PhiloxCase {
  readonly key: string;
  readonly seed: number;
  readonly call: number;
  readonly shape: readonly number[];
}

const { cases } = goldenJson<{ cases: readonly PhiloxCase[] }>('randn-philox.json');
const tensors = goldenTensors('randn-philox.safetensors');

test.each(cases)('$key is the noise of a CUDA device', ({ key, seed, call, shape }) => {
  const generator = createPhilox(seed);
  const length = shape.reduce((product, side) => product * side, 1);
  for (let at = 0; at < call; at++) generator.randn(length);
  const [noise, expected] = [generator.randn(length), tensors.get(key)!.data];
  const differences = Array.from(expected, (value, at) => Math.abs(value - noise[at]!));
  expect(Math.max(...differences)).toBeLessThan(2e-6);
});
