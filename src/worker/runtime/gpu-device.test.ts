import { afterEach, describe, expect, it, vi } from 'vitest';
import { openGpu, subgroupsAreSafe } from './gpu-device.ts';

const largest = { maxStorageBufferBindingSize: 2 ** 31 - 4, maxBufferSize: 2 ** 32 - 4 };

/** An adapter with these features that notes what is asked of it. */
function adapterWith(features: readonly string[], subgroupMinSize?: number) {
  const asked: GPUDeviceDescriptor[] = [];
  const limits = new Proxy<Record<string, number>>(largest, { get: (own, key: string) => own[key] ?? 64 });
  const adapter = {
    features: new Set(features),
    limits,
    info: { subgroupMinSize },
    requestDevice: (wanted: GPUDeviceDescriptor) => {
      asked.push(wanted);
      return Promise.resolve({ lost: new Promise(() => undefined), destroy: () => undefined });
    },
  };
  const requestAdapter = vi.fn(() => Promise.resolve(adapter));
  vi.stubGlobal('navigator', { gpu: { requestAdapter } });
  return { adapter: adapter as unknown as GPUAdapter, asked, requestAdapter };
}

afterEach(() => vi.unstubAllGlobals());

describe('the GPU’s device', () => {
  it('has half precision where the adapter has it, and is opened without where it has not', async () => {
    const { asked } = adapterWith(['shader-f16']);
    await openGpu({ subgroups: true });
    expect(asked[0]!.requiredFeatures).toEqual(['shader-f16']);
    const without = adapterWith([]);
    await openGpu({ subgroups: true });
    expect(without.asked[0]!.requiredFeatures).toEqual([]);
  });

  it('has the adapter’s own limits: the usual ones are too small for weights of a full-size model', async () => {
    const { asked } = adapterWith([]);
    await openGpu({ subgroups: true });
    expect(asked[0]!.requiredLimits).toMatchObject(largest);
  });

  it('is of the fastest GPU', async () => {
    const { requestAdapter } = adapterWith([]);
    await openGpu({ subgroups: true });
    expect(requestAdapter).toHaveBeenCalledWith({ powerPreference: 'high-performance' });
  });

  it('has no subgroups where these are smaller than 8: fused attention is wrong there', async () => {
    const { adapter, asked } = adapterWith(['subgroups'], 4);
    await openGpu({ subgroups: true });
    expect([subgroupsAreSafe(adapter), asked[0]!.requiredFeatures]).toEqual([false, []]);
    const wide = adapterWith(['subgroups'], 32);
    await openGpu({ subgroups: true });
    await openGpu({ subgroups: false });
    expect(wide.asked.map(({ requiredFeatures }) => requiredFeatures)).toEqual([['subgroups'], []]);
  });
});
