import { expect, it } from 'vitest';
import { guidanceEmbedding } from './guidance-embedding.ts';

/** From the formula of diffusers' `get_guidance_scale_embedding`, computed in float32 with NumPy. */
const reference: readonly [scale: number, values: readonly number[]][] = [
  [7.5, [-0.0447847, 0.1101891, 0.9911236, 0.6051863, -0.9989967, 0.9939106, 0.1329441, 0.7960839]],
  [1.5, [-0.4677718, 0.0499792, -0.8838493, 0.9987503, 0]],
];

it.each(reference)('a guidance of %d is what the reference makes of it', (scale, values) => {
  const embedding = guidanceEmbedding(scale, values.length);
  values.forEach((value, i) => expect(embedding[i]).toBeCloseTo(value, 2));
});
