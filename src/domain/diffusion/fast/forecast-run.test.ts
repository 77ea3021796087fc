import { expect, it } from 'vitest';
import { maxDifference } from '../../../testing/closeness.ts';
import { standIn } from '../../../testing/stand-in-denoiser.ts';
import { createGenerator } from '../noise.ts';
import { configFor, createSampler } from '../samplers/create-sampler.ts';
import { outputOfOriginal } from '../samplers/output-of-original.ts';
import type { SamplerId } from '../samplers/choices.ts';
import { schedulerConfig } from '../samplers/scheduler-config.ts';
import { askedCalls } from './asked-calls.ts';
import { forecastOriginal, type Known } from './forecast.ts';

const model = schedulerConfig('PNDMScheduler', {
  prediction_type: 'epsilon',
  beta_schedule: 'scaled_linear',
});
const rule = { chebyshev: 0.5, degree: 4, ridge: 0.1, taylor: 1, warmUp: 4, window: 2, growth: 0.5, tail: 2 };

/** A whole run over a smooth stand-in for a model; `asks`: at which calls it is asked. */
function run(id: SamplerId, steps: number, asks: (calls: number) => readonly boolean[]): Float32Array {
  const sampler = createSampler(configFor(id, model), steps);
  const asked = asks(sampler.timesteps.length);
  const known: Known[] = [];
  let latents: Float32Array = createGenerator(7)
    .randn(64)
    .map((value) => value * sampler.initNoiseSigma);
  for (const [index, timestep] of sampler.timesteps.entries()) {
    const time = timestep / sampler.timesteps[0]!;
    const forecast = asked[index]
      ? null
      : outputOfOriginal(sampler, index, latents, forecastOriginal(known, time, rule));
    const answer = forecast ?? standIn(sampler.scaleModelInput(latents, index), timestep);
    if (!forecast) known.push({ time, original: sampler.estimateOriginal(answer, index, latents) });
    latents = sampler.step(answer, index, latents, (length) => new Float32Array(length));
  }
  return latents;
}

const always = (calls: number) => new Array<boolean>(calls).fill(true);

it.each(['dpmpp-2m', 'dpmpp-2m-karras', 'ddim', 'euler', 'unipc'] as const)(
  'of half the calls, a run of %s ends within a tenth of the whole one',
  (id) => {
    const exact = run(id, 30, always);
    const fast = run(id, 30, (calls) => askedCalls(calls, rule));
    const still = Math.sqrt(exact.reduce((sum, value) => sum + value ** 2, 0) / exact.length);
    expect(maxDifference(fast, exact) / still).toBeLessThan(0.1);
  },
);
