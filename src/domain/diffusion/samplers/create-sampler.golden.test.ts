import { describe, expect, it } from 'vitest';
import { goldenSampler } from '../../../testing/golden-sampler.ts';
import { goldenJson, goldenTensors } from '../../../testing/golden.ts';
import { standIn } from '../../../testing/stand-in-denoiser.ts';
import { createSampler } from './create-sampler.ts';
import { createGenerator } from '../noise.ts';
import { schedulerConfig } from './scheduler-config.ts';
import type { SchedulerConfig } from './scheduler-config.ts';

interface SchedulerCase {
  readonly key: string;
  readonly scheduler: string;
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
    const { scheduler, class_name: className, config, prediction_type } = golden;
    it(`follow the reference: ${golden.key}`, () => {
      expectReference(golden, schedulerConfig(className, { ...config, prediction_type }));
    });

    it(`follow the reference when chosen by name: ${golden.key}`, () => {
      expectReference(golden, goldenSampler(scheduler, prediction_type));
    });
  }
});

function expectReference(golden: SchedulerCase, config: SchedulerConfig): void {
  const sampler = createSampler(config, golden.steps);
  expectClose(sampler.timesteps, values(`${golden.key}/timesteps`));
  expect(sampler.initNoiseSigma / golden.init_noise_sigma).toBeCloseTo(1, 5);
  if (sampler.sigmas !== undefined) expectClose(sampler.sigmas, values(`${golden.key}/sigmas`));

  const { randn } = createGenerator(golden.noise_seed ?? 0);
  const noise = values(`${golden.key}/noise`);
  const trajectory = values(`${golden.key}/trajectory`);
  expect(trajectory).toHaveLength(sampler.timesteps.length * noise.length);
  let sample: Float32Array = noise.map((value) => value * sampler.initNoiseSigma);
  for (let index = 0; index < sampler.timesteps.length; index++) {
    const input = sampler.scaleModelInput(sample, index);
    sample = sampler.step(standIn(input, sampler.timesteps[index]!), index, sample, randn);
    expectClose(sample, trajectory.subarray(index * noise.length, (index + 1) * noise.length));
  }
}

function values(key: string): Float32Array {
  const tensor = arrays.get(key);
  if (!(tensor?.data instanceof Float32Array)) throw new Error(`${key} is missing`);
  return tensor.data;
}

/** Within 1e-4 of the arrays' own size. */
function expectClose(actual: Float32Array, expected: Float32Array): void {
  expect(actual).toHaveLength(expected.length);
  const size = Math.sqrt(expected.reduce((sum, value) => sum + value ** 2, 0) / expected.length);
  const difference = actual.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0);
  expect(Number.isFinite(difference)).toBe(true);
  expect(difference).toBeLessThanOrEqual(1e-4 * size);
}
