import { describe, expect, it } from 'vitest';
import type { Graph } from './runtime.ts';
import { isLarge, sessionOptions } from './session-options.ts';

/** A length is all that counts; nobody's test needs half a gigabyte. */
const weighing = (byteLength: number) => ({ byteLength }) as Uint8Array;
const mebibyte = 2 ** 20;

const graph: Graph = { model: weighing(1), externalData: [{ path: 'w', data: weighing(2) }] };
const gpuDevice = {} as GPUDevice;
const noPrepacking = { session: { disable_prepacking: '1' } };

describe('a graph', () => {
  it('is large by the weights beside it as well as by its own', () => {
    const external = { model: weighing(1), externalData: [{ path: 'w', data: weighing(256 * mebibyte) }] };
    expect(isLarge(external)).toBe(true);
    expect(isLarge({ model: weighing(256 * mebibyte + 1), externalData: [] })).toBe(true);
    expect(isLarge({ model: weighing(256 * mebibyte), externalData: [] })).toBe(false);
  });
});

describe('a session', () => {
  it('of a small graph on WASM has everything that makes it fast', () => {
    const options = sessionOptions(graph, { gpuDevice: null, level: 'all', frugal: false });
    expect(options).toMatchObject({ graphOptimizationLevel: 'all', executionProviders: ['wasm'] });
    expect(options).not.toHaveProperty('extra');
    expect(options).not.toHaveProperty('enableCpuMemArena');
  });

  it('of a large graph on WASM is optimised, but keeps no second copy of its weights', () => {
    const options = sessionOptions(graph, { gpuDevice: null, level: 'all', frugal: true });
    expect(options).toMatchObject({
      graphOptimizationLevel: 'all',
      enableCpuMemArena: false,
      enableMemPattern: false,
      extra: noPrepacking,
    });
  });

  it.each(['disabled', 'basic'] as const)('made with care (%s) keeps none either', (level) => {
    const options = sessionOptions(graph, { gpuDevice: null, level, frugal: false });
    expect(options).toMatchObject({ graphOptimizationLevel: level, extra: noPrepacking });
  });

  it('on the GPU uses our own device', () => {
    const [provider] = sessionOptions(graph, { gpuDevice, level: 'all', frugal: false }).executionProviders;
    // Channels-last is 1.6 times as fast there: bench/README.md.
    expect(provider).toMatchObject({ name: 'webgpu', device: gpuDevice, preferredLayout: 'NHWC' });
  });

  it('gets the weights beside its graph as they are, and no empty list of them', () => {
    const wish = { gpuDevice: null, level: 'all', frugal: false } as const;
    expect(sessionOptions(graph, wish).externalData![0]!.data).toBe(graph.externalData[0]!.data);
    expect(sessionOptions({ ...graph, externalData: [] }, wish)).not.toHaveProperty('externalData');
  });
});
