import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from './catalogue.ts';
import { fitOf, needsOfPlan, proposeModel, type DeviceFacts } from './fit.ts';
import type { ModelPlan } from './plan.ts';

const gb = 1e9;
const gpu = (changes: object = {}): DeviceFacts['webgpu'] => ({
  status: 'available',
  software: false,
  shaderF16: true,
  maxBufferBytes: 2 ** 31,
  maxStorageBindingBytes: 2 ** 31 - 4,
  ...changes,
});
const laptop: DeviceFacts = { webgpu: gpu(), wasm: { threads: 2 }, memoryGb: 8 };
const withoutGpu: DeviceFacts = { webgpu: { status: 'unavailable' }, wasm: { threads: 2 }, memoryGb: 8 };
const roomy = { quotaBytes: 60 * gb, usageBytes: gb };
const entry = (key: string) => catalogue.find((model) => model.key === key)!;
const tinySd = entry('tiny-sd-fp16');
const kinds = (fit: ReturnType<typeof fitOf>) => fit.reasons.map(({ kind }) => kind);

describe('does Tiny SD fit?', () => {
  test('a laptop with a GPU: yes, without a word', () => {
    expect(fitOf(tinySd.needs, laptop, roomy, tinySd.downloadBytes)).toEqual({
      verdict: 'good',
      reasons: [],
      backend: 'webgpu',
    });
  });

  test('no room on the disk: no, with both numbers', () => {
    const fit = fitOf(tinySd.needs, laptop, { quotaBytes: 2 * gb, usageBytes: 1.5 * gb }, 1_070_000_000);
    expect(fit.verdict).toBe('no');
    expect(fit.reasons).toEqual([{ kind: 'storage', needBytes: 1_070_000_000, freeBytes: 0.5 * gb }]);
  });

  test('what is on disk already needs no room', () => {
    expect(fitOf(tinySd.needs, laptop, { quotaBytes: gb, usageBytes: gb }, 0).verdict).toBe('good');
  });

  test('a browser that tells no quota is given the benefit of the doubt', () => {
    expect(fitOf(tinySd.needs, laptop, null, 1e12).verdict).toBe('good');
  });

  test('a GPU without float16 shaders draws what is compiled for it', () => {
    const fit = fitOf(tinySd.needs, { ...laptop, webgpu: gpu({ shaderF16: false }) }, roomy, 0);
    expect(fit).toMatchObject({ verdict: 'good', backend: 'webgpu' });
  });

  test('without float16 shaders a float16 graph is drawn in single precision, which is said and is no fault', () => {
    const device = { ...laptop, webgpu: gpu({ shaderF16: false }) };
    const { needs } = entry('tiny-sd-q4f16');
    expect(fitOf(needs, device, roomy, 0)).toEqual({
      verdict: 'good',
      reasons: [{ kind: 'single-precision' }],
      backend: 'webgpu',
    });
    expect(kinds(fitOf({ ...needs, shaderF16: false, wasmGrowth: 1 }, device, roomy, 0))).toEqual([]);
  });

  test('a software adapter counts as none', () => {
    expect(kinds(fitOf(tinySd.needs, { ...laptop, webgpu: gpu({ software: true }) }, roomy, 0))).toEqual([
      'no-gpu',
    ]);
  });

  test('the default binding limit is too small for unfused attention', () => {
    const fit = fitOf(
      tinySd.needs,
      { ...laptop, webgpu: gpu({ maxStorageBindingBytes: 2 ** 27 }) },
      roomy,
      0,
    );
    expect(fit).toMatchObject({
      verdict: 'poor',
      reasons: [{ kind: 'gpu-buffer', needBytes: 2 ** 28, limitBytes: 2 ** 27 }],
    });
  });

  test('on WASM it needs the memory that was measured', () => {
    // bench/README.md, "A model of Tiny SD's size": the renderer process at most, while drawing.
    const measuredBytes = 3_839_000_000;
    const [reason] = fitOf(tinySd.needs, { ...withoutGpu, memoryGb: 2 }, roomy, 0).reasons.slice(-1);
    if (reason?.kind !== 'memory') throw new Error('it fits');
    expect(Math.abs(reason.needBytes / measuredBytes - 1)).toBeLessThan(0.02);
    expect(kinds(fitOf(tinySd.needs, { ...withoutGpu, memoryGb: 4 }, roomy, 0))).toEqual(['no-gpu']);
  });

  test('two gigabytes of memory are not enough', () => {
    expect(kinds(fitOf(tinySd.needs, { ...laptop, memoryGb: 2 }, roomy, 0))).toEqual(['memory']);
  });
});

describe('what is proposed', () => {
  test('the best where it fits well', () => {
    expect(proposeModel(catalogue, laptop, roomy)?.key).toBe('tiny-sd-fp16');
  });

  test('the compact one where the disk is too full for the best', () => {
    const storage = { quotaBytes: 0.9 * gb, usageBytes: 0 };
    expect(proposeModel(catalogue, laptop, storage)?.key).toBe('tiny-sd-q4f16');
  });

  test('four steps where there is no GPU', () => {
    expect(proposeModel(catalogue, withoutGpu, roomy)?.key).toBe('lcm-tiny-sd');
  });

  test('the built-in one where nothing fits', () => {
    expect(proposeModel(catalogue, { ...withoutGpu, memoryGb: 2 }, roomy)).toBeNull();
    expect(proposeModel(catalogue, laptop, { quotaBytes: gb / 10, usageBytes: 0 })).toBeNull();
  });
});

describe('what a model asks for that the catalogue does not know', () => {
  const { text_encoder, unet, vae_decoder } = tinySd.needs.weightBytes;
  const plan = {
    card: tinySd.card,
    componentBytes: { text_encoder, unet, vae_decoder },
    precision: 'fp16',
  } as unknown as ModelPlan;

  test('one of Tiny SD’s size asks for what Tiny SD does', () => {
    const needs = needsOfPlan({ ...plan, vaeFactor: 8 }, undefined);
    expect(needs).toMatchObject({ shaderF16: true, wasmGrowth: 2, passes: 50 });
    expect(needs.largestBufferBytes).toBe(tinySd.needs.largestBufferBytes);
    expect(needs.passGflop / tinySd.needs.passGflop).toBeCloseTo(1, 2);
    expect(needs.decodeGflop / tinySd.needs.decodeGflop).toBeCloseTo(1, 2);
    // Stored before anybody looked at the VAE.
    expect(needsOfPlan(plan, undefined)).toEqual(needs);
  });

  test('single precision needs twice the memory, and buffers of twice the size', () => {
    const needs = needsOfPlan({ ...plan, vaeFactor: 8 }, undefined);
    const small = { shaderF16: false, maxBufferBytes: 2 ** 28, maxStorageBindingBytes: 2 ** 28 };
    const device = { ...laptop, webgpu: gpu(small), memoryGb: 1 };
    const [buffer, memory] = fitOf(needs, device, roomy, 0).reasons;
    expect(buffer).toEqual({ kind: 'gpu-buffer', needBytes: 2 ** 29, limitBytes: 2 ** 28 });
    expect(memory).toMatchObject({ needBytes: 2 * (text_encoder + unet + vae_decoder) + 1_200_000_000 });
    expect(kinds(fitOf(needs, { ...device, webgpu: gpu() }, roomy, 0))).toEqual(['memory']);
  });

  test('half the VAE factor is four times the latents for the same picture, and sixteen times the attention', () => {
    const usual = needsOfPlan({ ...plan, vaeFactor: 8 }, undefined);
    const half = needsOfPlan({ ...plan, vaeFactor: 4 }, undefined);
    expect(half.passGflop).toBeCloseTo(4 * usual.passGflop);
    expect(half.largestBufferBytes).toBe(16 * usual.largestBufferBytes);
    expect(half.decodeGflop).toBe(usual.decodeGflop);
  });
});

test('more room and more memory never make a fit worse', () => {
  const rank = { no: 0, poor: 1, good: 2 };
  const amount = fc.integer({ min: 0, max: 16 });
  fc.assert(
    fc.property(
      fc.constantFrom(...catalogue),
      amount,
      amount,
      amount,
      amount,
      (model, memory, more, room, extra) => {
        const fit = (memoryGb: number, roomGb: number) =>
          fitOf(
            model.needs,
            { ...laptop, memoryGb },
            { quotaBytes: roomGb * gb, usageBytes: 0 },
            model.downloadBytes,
          );
        expect(rank[fit(memory + more, room + extra).verdict]).toBeGreaterThanOrEqual(
          rank[fit(memory, room).verdict],
        );
      },
    ),
  );
});
