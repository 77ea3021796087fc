import type { DeviceReport } from '../../engine/protocol.ts';
import { isSoftware, requestAdapter, subgroupMinSize } from './gpu-device.ts';

/** What this browser and machine have to offer. Never throws: what cannot be found out is reported as not there. */
export async function probe(): Promise<DeviceReport> {
  const { deviceMemory } = navigator as WorkerNavigator & { deviceMemory?: number };
  return {
    webgpu: await probeGpu(),
    wasm: {
      simd: WebAssembly.validate(simdModule),
      threads: wasmThreads(),
      isolated: globalThis.crossOriginIsolated,
    },
    cores: coreCount(),
    memoryGb: deviceMemory ?? null,
  };
}

const coreCount = () => navigator.hardwareConcurrency || 1;

export const wasmThreads = () =>
  defaultThreads(coreCount(), globalThis.crossOriginIsolated, navigator.userAgent);

/** Threads need shared memory, which only isolated pages have; on iOS more than one has been seen to run out of memory. */
export function defaultThreads(cores: number, isolated: boolean, userAgent: string): number {
  return isolated && !/iP(hone|ad|od)/.test(userAgent) ? Math.min(4, cores) : 1;
}

async function probeGpu(): Promise<DeviceReport['webgpu']> {
  if (!('gpu' in navigator)) return { status: 'unavailable', why: 'missing' };
  try {
    const adapter = await requestAdapter();
    return adapter ? describe(adapter) : { status: 'unavailable', why: 'no-adapter' };
  } catch {
    return { status: 'unavailable', why: 'failed' };
  }
}

function describe(adapter: GPUAdapter): DeviceReport['webgpu'] {
  const { vendor, architecture, description } = adapter.info;
  return {
    status: 'available',
    vendor,
    architecture,
    description,
    software: isSoftware(adapter),
    shaderF16: adapter.features.has('shader-f16'),
    subgroupMinSize: subgroupMinSize(adapter),
    maxBufferBytes: adapter.limits.maxBufferSize,
    maxStorageBindingBytes: adapter.limits.maxStorageBufferBindingSize,
  };
}

/** The smallest module with a SIMD instruction: (func (result v128) i32.const 0 i8x16.splat i8x16.popcnt). */
const simdModule = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0],
  ...[253, 15, 253, 98, 11],
);
