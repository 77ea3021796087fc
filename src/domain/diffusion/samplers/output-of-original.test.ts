import { describe, expect, it } from 'vitest';
import { maxDifference } from '../../../testing/closeness.ts';
import { createSampler, configFor } from './create-sampler.ts';
import { samplerIds } from './choices.ts';
import { schedulerConfig } from './scheduler-config.ts';
import { outputOfOriginal } from './output-of-original.ts';

const trained = { beta_start: 0.00085, beta_end: 0.012, beta_schedule: 'scaled_linear' };
const sample = Float32Array.from({ length: 32 }, (_, i) => Math.sin(i * 1.7) * 2);
const answer = Float32Array.from({ length: 32 }, (_, i) => Math.cos(i * 0.9));

describe.each(['epsilon', 'v_prediction'])('of a model that predicts %s', (prediction_type) => {
  const model = schedulerConfig('PNDMScheduler', { ...trained, prediction_type });
  it.each(samplerIds)('%s gives back the answer that stands for its picture', (id) => {
    const sampler = createSampler(configFor(id, model), 12);
    for (const index of [1, 5, 9]) {
      const original = sampler.estimateOriginal(answer, index, sample);
      const output = outputOfOriginal(sampler, index, sample, original);
      expect(output).not.toBeNull();
      expect(maxDifference(output!, answer)).toBeLessThan(1e-3);
    }
  });
});

it('gives none where the answer does not count', () => {
  const still = { estimateOriginal: (_: Float32Array, __: number, from: Float32Array) => from };
  expect(outputOfOriginal(still, 0, sample, sample)).toBeNull();
});
