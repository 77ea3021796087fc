import { describe, expect, it } from 'vitest';
import { goldenJson, goldenTensors } from '../../../testing/golden.ts';
import { standIn } from '../../../testing/stand-in-denoiser.ts';
import { createBrownianPath } from '../brownian-path.ts';
import { createGenerator } from '../noise.ts';
import type { SamplerId } from './choices.ts';
import { configFor, createSampler } from './create-sampler.ts';
import type { ScheduleId } from './schedule-ids.ts';
import { startIndex } from './scheduled-sampler.ts';
import { schedulerConfig } from './scheduler-config.ts';

interface SamplerCase {
  readonly key: string;
  readonly sampler: SamplerId;
  readonly schedule: ScheduleId | null;
  readonly prediction_type: string;
  readonly steps: number;
  readonly strength: number;
  readonly init_noise_sigma: number;
  readonly noise_seed: number;
}

const arrays = goldenTensors('samplers.safetensors');
const sampleLength = 32;

/** As the first Stable Diffusion models ship it. */
const model = (predictionType: string) =>
  schedulerConfig('PNDMScheduler', {
    beta_start: 0.00085,
    beta_end: 0.012,
    beta_schedule: 'scaled_linear',
    steps_offset: 1,
    prediction_type: predictionType,
  });

describe('samplers and schedules that other programs have', () => {
  it.each(goldenJson<readonly SamplerCase[]>('samplers.json'))('follow the reference: $key', (golden) => {
    const { key, steps, strength } = golden;
    const config = configFor(golden.sampler, model(golden.prediction_type), golden.schedule ?? undefined);
    const sampler = createSampler(config, steps, { seed: golden.noise_seed });
    const start = startIndex(sampler, steps, strength);
    const { randn } = createGenerator(golden.noise_seed);
    expectClose(sampler.timesteps.subarray(start), values(`${key}/timesteps`));
    expect(sampler.initNoiseSigma / golden.init_noise_sigma).toBeCloseTo(1, 5);

    const trajectory = values(`${key}/trajectory`);
    const known = trajectory.length / sampleLength;
    const drawn = createGenerator(steps);
    const noise = drawn.randn(sampleLength);
    let sample: Float32Array = noise.map((value) => value * sampler.initNoiseSigma);
    if (strength < 1) {
      const original = drawn.randn(sampleLength).map((value) => value / 2);
      sample = sampler.addNoise(original, noise, start);
    }
    for (let index = start; index < sampler.timesteps.length; index++) {
      const output = standIn(sampler.scaleModelInput(sample, index), sampler.timesteps[index]!);
      sample = sampler.step(output, index, sample, randn);
      const at = index - (sampler.timesteps.length - known);
      const expected = trajectory.subarray(at * sampleLength, (at + 1) * sampleLength);
      if (at >= 0) expectClose(sample, expected, toleranceOf(key, steps));
    }
  });
});

describe('the noise of DPM++ SDE', () => {
  /** As the reference asks for them: from a noise level down to another. */
  const asked = [
    [14.6146, 7.25],
    [14.6146, 4.5],
    [4.5, 4.4999],
    [4.5, 0.1],
    [0.1, 0.03125],
  ].map(([from, to]) => [Math.fround(from!), Math.fround(to!)] as const);

  it.each([0, 42, 2 ** 32 - 1, 2 ** 40 + 7])(
    'is cut from the Brownian motion that seed %i stands for',
    (seed) => {
      for (const length of [8, 64]) {
        const expected = values(`brownian/${seed}/${length}`);
        const path = createBrownianPath({ seed }, Math.fround(0.03125), Math.fround(14.6146), length);
        asked.forEach(([from, to], at) => {
          const scale = Math.sqrt(from - to);
          const [before, after] = [path(from), path(to)];
          const noise = after.map((value, place) => (value - before[place]!) / scale);
          // The difference of two motions is rounded to the size of the motion.
          const tolerance = 1e-6 + 4e-7 / scale;
          noise.forEach((value, place) =>
            expect(Math.abs(value - expected[at * length + place]!)).toBeLessThan(4 * tolerance),
          );
        });
      }
    },
  );

  it('is the same whatever was asked for before, and another for another seed or source', () => {
    const path = (seed: number, noise?: 'nvidia') => createBrownianPath({ seed, noise }, 0, 10, 16);
    const asking = path(7);
    asking(3);
    asking(9.123456);
    expect(asking(2.5)).toEqual(path(7)(2.5));
    expect(path(8)(2.5)).not.toEqual(path(7)(2.5));
    expect(path(7, 'nvidia')(2.5)).not.toEqual(path(7)(2.5));
  });
});

function values(key: string): Float32Array {
  const tensor = arrays.get(key);
  if (!(tensor?.data instanceof Float32Array)) throw new Error(`${key} is missing`);
  return tensor.data;
}

/**
 * A share of the arrays' own size. One step from the noisiest level to the cleanest leaves three digits of float32, in the reference too;
 * and where a logarithm is rounded to the other side, the noise of DPM++ SDE is that of a millionth further.
 */
function toleranceOf(key: string, steps: number): number {
  if (steps === 2) return 3e-3;
  return key.startsWith('dpmpp-sde/beta') ? 2e-3 : 1e-4;
}

function expectClose(actual: Float32Array, expected: Float32Array, tolerance = 1e-4): void {
  expect(actual).toHaveLength(expected.length);
  const size = Math.sqrt(expected.reduce((sum, value) => sum + value ** 2, 0) / expected.length);
  const difference = actual.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0);
  expect(Number.isFinite(difference)).toBe(true);
  expect(difference).toBeLessThanOrEqual(tolerance * size);
}
