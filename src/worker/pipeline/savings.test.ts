import { beforeAll, describe, expect, it } from 'vitest';
import { configFor, createSampler } from '../../domain/diffusion/samplers/create-sampler.ts';
import { schedulerConfig } from '../../domain/diffusion/samplers/scheduler-config.ts';
import type { FastWay } from '../../domain/diffusion/fast/fast-way.ts';
import { maxDifference } from '../../testing/closeness.ts';
import { miniatureFiles, settings, testEngine } from '../../testing/engine-rig.ts';
import { modelCalls } from '../../domain/diffusion/samplers/model-calls.ts';
import { openModel, type Model } from '../model/model.ts';
import { loadTokenizer } from '../model/tokenizer.ts';
import { openRuntime } from '../runtime/ort.ts';
import { noExtras } from '../weights/no-extras.ts';
import { drawPicture, schedulerFor } from './picture.ts';
import { createSavings } from './savings.ts';

const way: FastWay = {
  guidedUntil: 1,
  guidedEvery: 1,
  afterwards: 'unguided',
  forecast: null,
  steps: 1,
  fewestSteps: 1,
};
const forecast = { chebyshev: 0, degree: 1, ridge: 0.1, taylor: 1, warmUp: 3, window: 2, growth: 0, tail: 1 };

describe('the calls of a run that saves some', () => {
  const model = schedulerConfig('DDIMScheduler', { prediction_type: 'epsilon' });
  const sampler = createSampler(configFor('euler', model), 8);
  const sample = Float32Array.of(0.5, -1);
  const asked = Float32Array.of(0.25, 0.75);

  it('are forecast where the plan says so, from the pictures that were told', () => {
    const savings = createSavings({ ...way, forecast }, sampler, 0, true);
    for (const index of [0, 1, 2]) {
      expect(savings.forecast(index, sample)).toBeNull();
      savings.note(index, Float32Array.of(1, 2));
    }
    const answer = savings.forecast(3, sample)!;
    expect(maxDifference(sampler.estimateOriginal(answer, 3, sample), [1, 2])).toBeLessThan(1e-5);
    expect(savings.forecast(4, sample)).toBeNull();
  });

  it('use the difference that guidance made last', () => {
    const savings = createSavings({ ...way, guidedEvery: 2 }, sampler, 0, true);
    expect([0, 1, 2].map((index) => savings.isGuided(index))).toEqual([true, true, true]);
    expect(savings.complete(0, asked, sample)).toBe(asked);
    expect([0, 1, 2].map((index) => savings.isGuided(index))).toEqual([true, false, true]);
    expect(savings.complete(1, sample, sample)).toEqual(asked);
  });

  it('are counted in passes, from where the run begins', () => {
    const savings = createSavings({ ...way, forecast, guidedUntil: 0.5 }, sampler, 2, true);
    expect(savings.countedAt(2)).toEqual({ call: 2, calls: 8, passes: 2 });
    expect(savings.countedAt(6)).toEqual({ call: 7, calls: 8, passes: 1 });
  });
});

describe('a picture of the miniature', () => {
  let model: Model;
  beforeAll(async () => {
    const files = miniatureFiles();
    model = await openModel({
      files,
      tokenizer: await loadTokenizer(files),
      extras: noExtras,
      mode: 'wasm',
      openRuntime: () => openRuntime('wasm', 1),
      onFailure: () => undefined,
    });
  });

  async function run(wanted: FastWay | undefined) {
    const told: { call: number; calls: number }[] = [];
    const own = { ...settings, steps: 4 };
    const request = {
      settings: own,
      scheduler: schedulerFor(model, own),
      source: undefined,
      morph: undefined,
    };
    const picture = await drawPicture(
      model,
      { ...request, way: wanted },
      {
        signal: new AbortController().signal,
        tell: () => undefined,
        onEncode: () => undefined,
        onDecode: () => undefined,
        onTile: () => undefined,
        onStep: ({ call, calls }) => told.push({ call, calls }),
      },
    );
    return { ...picture, told };
  }

  it('is Exact’s where a way saves nothing', async () => {
    const [exact, same] = [await run(undefined), await run(way)];
    expect(maxDifference(same.latents, exact.latents)).toBeLessThan(1e-4);
    expect(exact.told.at(-1)).toEqual({ call: 4, calls: 4 });
    expect(same.told.at(-1)).toEqual({ call: 8, calls: 8 });
  });

  it('tells its passes to the end, those of calls that were forecast left out', async () => {
    const { told, latents } = await run({ ...way, forecast: { ...forecast, warmUp: 2 }, guidedUntil: 0.75 });
    expect(told).toEqual([2, 4, 5].map((call) => ({ call, calls: 5 })));
    expect(latents.every(Number.isFinite)).toBe(true);
  });
});

it('a fast picture is made as the page expects: by so many passes, through one session', async () => {
  const engine = testEngine();
  const asked = { ...settings, steps: 8, speed: 'fast' } as const;
  const { events, images } = await engine.generate({ settings: asked });
  const passes = modelCalls(asked);
  const told = events.flatMap((event) => (event.phase === 'denoise' ? [event] : []));
  expect(told.at(-1)).toMatchObject({ step: 8, steps: 8, call: passes, calls: passes });
  expect(passes).toBeLessThan(2 * 8);
  const sessions = events.filter((event) => event.phase === 'session' && event.component === 'unet');
  expect(sessions).toHaveLength(2); // Begun, and done: none was made anew for another number of passes.
  expect(images).toHaveLength(1);
  expect(events.find((event) => event.phase === 'image')).toMatchObject({ settings: { speed: 'fast' } });
});
