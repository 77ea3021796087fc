import { expect, test } from 'vitest';
import { goldenJson, goldenTensors } from '../../testing/golden.ts';
import { generatorFor } from './generator.ts';
import type { NoiseSource } from './noise-source.ts';
import { variedNoise, type NoiseShape } from './variation.ts';

interface VariationCase {
  readonly key: string;
  readonly noise: NoiseSource;
  readonly seed: number;
  readonly variation_seed: number;
  readonly strength: number;
  readonly shape: NoiseShape;
}

const arrays = goldenTensors('variation.safetensors');

test.each(goldenJson<readonly VariationCase[]>('variation.json'))(
  '$key is the noise that AUTOMATIC1111 begins with',
  ({ key, noise, seed, variation_seed: other, strength, shape }) => {
    const length = shape[0] * shape[1] * shape[2];
    const drawn = (of: number) => generatorFor({ seed: of, noise }).randn(length);
    const varied = variedNoise(drawn(seed), drawn(other), strength, shape);
    const differences = Array.from(arrays.get(key)!.data, (value, at) => Math.abs(value - varied[at]!));
    expect(differences).toHaveLength(length);
    expect(Math.max(...differences)).toBeLessThan(2e-5);
  },
);

test('the strength of 0 is the own noise, and noise keeps its deviation on the way', () => {
  const [own, other] = [1, 2].map((seed) => generatorFor({ seed }).randn(4 * 32 * 32));
  expect(variedNoise(own!, other!, 0, [4, 32, 32])).toEqual(own);
  const half = variedNoise(own!, other!, 0.5, [4, 32, 32]);
  const deviation = Math.sqrt(half.reduce((sum, value) => sum + value ** 2, 0) / half.length);
  expect(deviation).toBeCloseTo(1, 1);
});
