import { describe, expect, it } from 'vitest';
import { goldenJson, goldenTensors } from '../../testing/golden.ts';
import { createSampler } from './create-sampler.ts';
import { createGenerator } from './noise.ts';
import { schedulerConfig } from './scheduler-config.ts';

interface SchedulerCase {
  readonly key: string;
  readonly class_name: string;
  readonly steps: number;
  readonly prediction_type: string;
  readonly init_noise_sigma: number;
  readonly config: Readonly<Record<string, unknown>>;
  readonly noise_seed: number | null;
}

const arrays = goldenTensors('schedulers.safetensors');

describe('samplers', () => {
  for (const golden of goldenJson<readonly SchedulerCase[]>('schedulers.json')) {
    it(`follow the reference: ${golden.key}`, () => {
      const config = schedulerConfig(golden.class_name, {
        ...golden.config,
        prediction_type: golden.prediction_type,
      });
      const sampler = createSampler(config, golden.steps);
      expectClose(sampler.timesteps, values(`${golden.key}/timesteps`));
      expect(sampler.initNoiseSigma / golden.init_noise_sigma).toBeCloseTo(1, 5);
      if (sampler.sigmas !== undefined) expectClose(sampler.sigmas, values(`${golden.key}/sigmas`));

      const randn = createGenerator(golden.noise_seed ?? 0).randn;
      const noise = values(`${golden.key}/noise`);
      const trajectory = values(`${golden.key}/trajectory`);
      let sample = Float32Array.from(noise, (value) => value * sampler.initNoiseSigma);
      for (let index = 0; index < sampler.timesteps.length; index++) {
        const input = sampler.scaleModelInput(sample, index);
        sample = sampler.step(standIn(input, sampler.timesteps[index]!), index, sample, randn);
        expectClose(sample, trajectory.subarray(index * noise.length, (index + 1) * noise.length));
      }
      expect(trajectory).toHaveLength(sampler.timesteps.length * noise.length);
    });
  }
});

function values(key: string): Float32Array {
  const tensor = arrays.get(key);
  if (!(tensor?.data instanceof Float32Array)) throw new Error(`${key} is missing`);
  return tensor.data;
}

/** The smooth stand-in for a denoiser with which the reference values were made (`dummy` in tools/cases.py). */
function standIn(input: Float32Array, timestep: number): Float32Array {
  return input.map((x) => Math.tanh(x * 0.7 + 0.1) * (0.3 + timestep / 1500) + 0.05 * Math.cos(3 * x));
}

/** Within 1e-4 of the arrays' own size. */
function expectClose(actual: Float32Array, expected: Float32Array): void {
  expect(actual).toHaveLength(expected.length);
  const size = Math.sqrt(expected.reduce((sum, value) => sum + value ** 2, 0) / expected.length);
  const difference = actual.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0);
  expect(Number.isFinite(difference)).toBe(true);
  expect(difference).toBeLessThanOrEqual(1e-4 * size);
}
