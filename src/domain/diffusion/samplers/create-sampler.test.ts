import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configFor, createSampler } from './create-sampler.ts';
import { createGenerator } from '../noise.ts';
import { startIndex } from './scheduled-sampler.ts';
import { schedulerConfig, settingsOf } from './scheduler-config.ts';
import { samplerIds } from './choices.ts';

/** As the first Stable Diffusion models ship it. */
const pndm = schedulerConfig('PNDMScheduler', {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  skip_prk_steps: true,
  steps_offset: 1,
});

const trailing = schedulerConfig('DDIMScheduler', {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  prediction_type: 'v_prediction',
  timestep_spacing: 'trailing',
  clip_sample: false,
});

describe('choosing a sampler', () => {
  it("keeps the model's schedule, and takes the new class's defaults for what the model does not state", () => {
    const euler = settingsOf(configFor('euler-karras', pndm));
    expect(euler).toMatchObject({ betaSchedule: 'scaled_linear', stepsOffset: 1, useKarrasSigmas: true });
    expect(euler.timestepSpacing).toBe('linspace');
    for (const id of samplerIds.filter((name) => name !== 'tiny-sd')) {
      const settings = settingsOf(configFor(id, trailing));
      expect(settings).toMatchObject({ predictionType: 'v_prediction', timestepSpacing: 'trailing' });
    }
  });

  it("does not inherit what names the model's own sampler", () => {
    const model = schedulerConfig('DPMSolverMultistepScheduler', {
      use_karras_sigmas: true,
      algorithm_type: 'sde-dpmsolver++',
      solver_order: 3,
    });
    expect(settingsOf(configFor('euler', model)).useKarrasSigmas).toBe(false);
    expect(settingsOf(configFor('dpmpp-2m', model))).toMatchObject({
      useKarrasSigmas: false,
      algorithmType: 'dpmsolver++',
      solverOrder: 2,
    });
    expect(configFor('model', model)).toBe(model);
  });

  it('does not clip latents where the model says nothing about it', () => {
    expect(settingsOf(configFor('ddim', pndm)).clipSample).toBe(false);
  });

  it('gives every sampler finite steps at every number of steps', () => {
    const cases = fc.record({
      id: fc.constantFrom(...samplerIds, 'model' as const),
      model: fc.constantFrom(pndm, trailing),
      steps: fc.integer({ min: 1, max: 150 }),
    });
    fc.assert(
      fc.property(cases, ({ id, model, steps }) => {
        fc.pre(id !== 'lcm' || steps <= 50);
        const sampler = createSampler(configFor(id, model), steps);
        const { randn } = createGenerator(steps);
        let sample: Float32Array = randn(4).map((value) => value * sampler.initNoiseSigma);
        for (let index = 0; index < sampler.timesteps.length; index++) {
          const output = sampler.scaleModelInput(sample, index).map((value) => value / 2);
          expect(sampler.estimateOriginal(output, index, sample).every(Number.isFinite)).toBe(true);
          sample = sampler.step(output, index, sample, randn);
        }
        expect(sample.every(Number.isFinite)).toBe(true);
        expect(sampler.timesteps.every((value) => value >= 0 && value <= 999)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('has as many trailing timesteps as steps, where rounding would add one below 0', () => {
    const { timesteps } = createSampler(trailing, 121);
    expect(timesteps).toHaveLength(121);
    expect(timesteps.at(-1)).toBe(7);
  });

  it('writes into none of its arguments', () => {
    for (const id of samplerIds) {
      const sampler = createSampler(configFor(id, pndm), 4);
      const { randn } = createGenerator(1);
      let sample = randn(8);
      for (let index = 0; index < sampler.timesteps.length; index++) {
        const output = randn(8);
        const before = [sample.slice(), output.slice()];
        sampler.scaleModelInput(sample, index);
        const next = sampler.step(output, index, sample, randn);
        expect([sample, output]).toEqual(before);
        sample = next;
      }
    }
  });

  it('refuses numbers of steps that make no sense', () => {
    const refused = expect.objectContaining({ code: 'bad-input', field: 'steps' }) as Error;
    for (const steps of [0, -1, 1.5, NaN, 1001])
      expect(() => createSampler(pndm, steps)).toThrowError(refused);
    expect(() => createSampler(configFor('lcm', pndm), 51)).toThrowError(refused);
  });

  it('refuses options that it would have to ignore', () => {
    const refused = expect.objectContaining({ code: 'model-unsupported' }) as Error;
    const continuous = schedulerConfig('EulerDiscreteScheduler', { timestep_type: 'continuous' });
    expect(() => createSampler(continuous, 10)).toThrowError(refused);
    expect(createSampler(configFor('heun', continuous), 10).timesteps).toHaveLength(19);
  });
});

describe('where image-to-image begins', () => {
  const start = (id: (typeof samplerIds)[number], steps: number, strength: number) =>
    startIndex(createSampler(configFor(id, pndm), steps), steps, strength);

  it('skips the share of the steps that the strength leaves out', () => {
    expect(start('euler', 20, 0.5)).toBe(10);
    expect(start('euler', 20, 0.6)).toBe(8);
    expect(start('euler', 20, 1)).toBe(0);
    expect(start('pndm', 20, 0.4)).toBe(12);
  });

  it('counts two calls a step where the method asks twice', () => {
    for (const id of ['heun', 'dpm2', 'dpm2-ancestral', 'dpmpp-2s-ancestral', 'dpmpp-sde'] as const) {
      expect(start(id, 20, 0.5)).toBe(20);
    }
  });

  it('has nothing to do where the strength leaves no step', () => {
    expect(start('pndm', 20, 0)).toBe(21);
    expect(start('heun', 20, 0)).toBe(39);
    expect(start('euler', 4, 0.2)).toBe(4);
  });
});
