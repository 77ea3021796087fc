/** The GPU as the engine uses it: one device of its own, so that pipelines outlive sessions and limits are the adapter's best. */
import { AppError } from '../../domain/errors.ts';

export function requestAdapter(): Promise<GPUAdapter | null> {
  const gpu = (navigator as { gpu?: GPU }).gpu;
  return gpu ? gpu.requestAdapter({ powerPreference: 'high-performance' }) : Promise.resolve(null);
}

const softwareNames = /swiftshader|llvmpipe|lavapipe|basic render|software/i;

/** A GPU that is really the CPU: right, but slower than WASM. */
export function isSoftware(adapter: GPUAdapter): boolean {
  const { info } = adapter;
  const fallback =
    info.isFallbackAdapter || (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter === true;
  return fallback || softwareNames.test(`${info.architecture} ${info.device} ${info.description}`);
}

export const subgroupMinSize = (adapter: GPUAdapter): number | null =>
  (adapter.info as { subgroupMinSize?: number }).subgroupMinSize ?? null;

/**
 * Fused attention is wrong on subgroups of 4 (measured on SwiftShader: 98 % of the values), and right without the feature.
 */
export const subgroupsAreSafe = (adapter: GPUAdapter): boolean =>
  adapter.features.has('subgroups') && (subgroupMinSize(adapter) ?? 0) >= 8;

const limitNames = [
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
] as const;

/** Larger values would fit into one buffer of many devices, but four of them not into the memory of most. */
const sensibleBytes = 2 ** 30;

/** Bytes of the largest value that a graph may have on this device. */
export const largestBufferBytes = ({ limits }: GPUDevice): number =>
  Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize, sensibleBytes);

export interface GpuHandle {
  readonly device: GPUDevice;
  /** Rejects with `device-lost` when the GPU goes away; never resolves. */
  readonly lost: Promise<never>;
  close(): void;
}

/** Throws `backend-unavailable` when the browser gives no adapter or no device. */
export async function openGpu(options: { subgroups: boolean }): Promise<GpuHandle> {
  const adapter = await requestAdapter();
  if (!adapter) throw new AppError('backend-unavailable', 'The browser gives no WebGPU adapter.');
  const wanted: GPUFeatureName[] = ['shader-f16'];
  if (options.subgroups && subgroupsAreSafe(adapter)) wanted.push('subgroups');
  const requiredFeatures = wanted.filter((name) => adapter.features.has(name));
  const requiredLimits = Object.fromEntries(limitNames.map((name) => [name, adapter.limits[name]]));
  try {
    return watchDevice(await adapter.requestDevice({ requiredFeatures, requiredLimits }));
  } catch (cause) {
    throw new AppError('backend-unavailable', 'The WebGPU adapter gives no device.', { cause });
  }
}

function watchDevice(device: GPUDevice): GpuHandle {
  let closing = false;
  const lost = new Promise<never>((_resolve, reject) => {
    void device.lost.then(({ reason, message }) => {
      if (!closing) reject(new AppError('device-lost', `The GPU went away (${reason}): ${message}`));
    });
  });
  // Nobody may be waiting when it happens; the next run will see it.
  lost.catch(() => undefined);
  return {
    device,
    lost,
    close: () => {
      closing = true;
      device.destroy();
    },
  };
}
