import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultThreads, probe } from './probe.ts';

afterEach(() => vi.unstubAllGlobals());

const limits = { maxBufferSize: 2 ** 31, maxStorageBufferBindingSize: 2 ** 30 };

function adapter(info: Readonly<Record<string, unknown>>, features: readonly string[] = []) {
  return {
    info: { vendor: '', architecture: '', device: '', description: '', ...info },
    features: new Set(features),
    limits,
  };
}

function onNavigator(more: Readonly<Record<string, unknown>>) {
  vi.stubGlobal('navigator', { hardwareConcurrency: 8, userAgent: 'a browser', ...more });
}

describe('the probe', () => {
  it('tells of a GPU', async () => {
    const found = adapter({ vendor: 'intel', architecture: 'xe', subgroupMinSize: 8 }, ['shader-f16']);
    onNavigator({ gpu: { requestAdapter: () => Promise.resolve(found) }, deviceMemory: 8 });
    expect(await probe()).toMatchObject({
      webgpu: {
        status: 'available',
        vendor: 'intel',
        software: false,
        shaderF16: true,
        subgroupMinSize: 8,
        maxBufferBytes: 2 ** 31,
        maxStorageBindingBytes: 2 ** 30,
      },
      wasm: { simd: true, threads: 1 },
      cores: 8,
      memoryGb: 8,
    });
  });

  it.each([
    { architecture: 'swiftshader' },
    { description: 'llvmpipe (LLVM 19)' },
    { description: 'Microsoft Basic Render Driver' },
    { isFallbackAdapter: true },
  ])('knows a software GPU: %j', async (info) => {
    onNavigator({ gpu: { requestAdapter: () => Promise.resolve(adapter(info)) } });
    expect((await probe()).webgpu).toMatchObject({ status: 'available', software: true });
  });

  it.each([
    ['missing', {}],
    ['no-adapter', { gpu: { requestAdapter: () => Promise.resolve(null) } }],
    ['failed', { gpu: { requestAdapter: () => Promise.reject(new Error('driver')) } }],
  ])('tells why there is no GPU, and does not throw: %s', async (why, more) => {
    onNavigator(more);
    expect((await probe()).webgpu).toEqual({ status: 'unavailable', why });
  });
});

describe('threads', () => {
  it('are as many as the cores, four at most', () => {
    expect([1, 2, 4, 16].map((cores) => defaultThreads(cores, true, 'a browser'))).toEqual([1, 2, 4, 4]);
  });

  it('are one where the page is not isolated, and on iOS', () => {
    expect(defaultThreads(8, false, 'a browser')).toBe(1);
    expect(defaultThreads(8, true, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)')).toBe(1);
  });
});
