import { describe, expect, it } from 'vitest';
import { createGenerator } from '../noise.ts';
import { fitLatentToRgb, latentsToPreview, shrinkPlanes, stableDiffusion1Projection } from './preview.ts';
import type { LatentProjection } from './preview.ts';

const known: LatentProjection = {
  weights: [
    [0.1, -0.2, 0.3, 0.05, 0.4],
    [0.2, 0.1, -0.3, 0.25, 0],
    [-0.1, 0, 0.2, 0.15, 0.3],
  ],
  bias: [0.05, -0.1, 0.2],
};

function rgbOf(latents: Float32Array, area: number): Float32Array {
  return Float32Array.from({ length: 3 * area }, (_, at) => {
    const color = Math.floor(at / area);
    return known.weights[color]!.reduce(
      (sum, weight, channel) => sum + weight * latents[channel * area + (at % area)]!,
      known.bias[color]!,
    );
  });
}

describe('preview', () => {
  it('finds the projection that made the pictures, for five channels', () => {
    const pairs = [1, 2].map((seed) => {
      const latents = createGenerator(seed).randn(5 * 48);
      return { latents, rgb: rgbOf(latents, 48) };
    });
    const fitted = fitLatentToRgb(pairs, 5);
    fitted.weights.flat().forEach((weight, at) => expect(weight).toBeCloseTo(known.weights.flat()[at]!, 4));
    fitted.bias.forEach((bias, at) => expect(bias).toBeCloseTo(known.bias[at]!, 4));
  });

  it('stays finite where a channel never varies', () => {
    const fitted = fitLatentToRgb([{ latents: new Float32Array(8), rgb: new Float32Array(12).fill(0.5) }], 2);
    expect(fitted.weights.flat().every(Number.isFinite)).toBe(true);
    expect(fitted.bias[0]).toBeCloseTo(0.5, 3);
  });

  it('is as wide and high as the latents, and does not turn them', () => {
    const latents = new Float32Array(4 * 2 * 3); // [4, 2, 3]
    latents[2] = 2; // channel 0, first row, last column: bright
    const { width, height, data } = latentsToPreview(latents, 4, 2, 3, stableDiffusion1Projection);
    expect([width, height]).toEqual([3, 2]);
    const reds = Array.from({ length: 6 }, (_, pixel) => data[pixel * 4]!);
    expect(reds.map((red) => red > 128)).toEqual([false, false, true, false, false, false]);
    expect(data[3]).toBe(255);
  });

  it('shrinks by means', () => {
    const planes = Float32Array.of(0, 2, 4, 4, 2, 4, 4, 4); // [1, 2, 4]
    expect(shrinkPlanes(planes, 2, 4, 2)).toEqual(Float32Array.of(2, 4));
  });
});
