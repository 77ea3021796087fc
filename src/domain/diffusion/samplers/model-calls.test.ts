import fc from 'fast-check';
import { expect, test } from 'vitest';
import { samplerIds } from './choices.ts';
import { configFor, createSampler } from './create-sampler.ts';
import { modelCalls } from './model-calls.ts';
import { startIndex } from './scheduled-sampler.ts';
import { schedulerConfig } from './scheduler-config.ts';

const model = schedulerConfig('PNDMScheduler', { skip_prk_steps: true, steps_offset: 1 });

test('the calls that are told beforehand are those that the sampler makes', () => {
  const work = fc.record({
    sampler: fc.constantFrom(...samplerIds),
    steps: fc.integer({ min: 1, max: 50 }),
    strength: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(work, ({ sampler, steps, strength }) => {
      const made = createSampler(configFor(sampler, model), steps);
      const calls = made.timesteps.length - startIndex(made, steps, strength);
      expect(modelCalls({ sampler, steps, guidanceScale: 7 }, strength)).toBe(calls);
    }),
  );
});

test('of a fast picture they are its passes: less than half of those with guidance at 25 steps', () => {
  const asked = { sampler: 'dpmpp-2m', steps: 25, speed: 'fast' } as const;
  expect(modelCalls({ ...asked, guidanceScale: 4 })).toBe(22);
  expect(modelCalls({ ...asked, guidanceScale: 1 })).toBe(11);
  expect(modelCalls({ ...asked, guidanceScale: 4 }, 0)).toBe(0);
  // Nothing can be left out of a run that is hardly longer than its beginning.
  expect(modelCalls({ ...asked, steps: 6, guidanceScale: 1 })).toBe(6);
});

test('a second pass is asked for its own steps, or for as many as the first', () => {
  const asked = { sampler: 'heun', steps: 10, guidanceScale: 7 } as const;
  expect(modelCalls({ ...asked, hires: { steps: 0, strength: 0.5 } })).toBe(19 + 19);
  expect(modelCalls({ ...asked, hires: { steps: 4, strength: 0.5 } })).toBe(19 + 7);
  expect(modelCalls({ ...asked, hires: { steps: 4, strength: 0 } })).toBe(19);
});
