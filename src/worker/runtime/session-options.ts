/** How a session is created: what fits into memory depends on the backend and on how much the graph weighs. Measured in bench/README.md. */
import type { Graph } from './runtime.ts';

export type OptimizationLevel = 'disabled' | 'basic' | 'all';

/** Bytes of weights from which on every copy of them counts: WebAssembly's heap ends at 4 GiB. */
const largeBytes = 256 * 2 ** 20;

export const isLarge = ({ model, externalData }: Graph): boolean =>
  externalData.reduce((sum, { data }) => sum + data.byteLength, model.byteLength) > largeBytes;

export interface SessionWish {
  /** Null: WASM. */
  readonly gpuDevice: GPUDevice | null;
  readonly level: OptimizationLevel;
  /** No second copy of anything, for graphs that would not fit otherwise. */
  readonly frugal: boolean;
}

/** As ONNX Runtime's `InferenceSession.create` takes them. */
export function sessionOptions({ externalData }: Graph, { gpuDevice, level, frugal }: SessionWish) {
  return {
    // That some shape arithmetic runs on the CPU is meant so, and no news for the console.
    logSeverityLevel: 3 as const,
    executionProviders: [
      gpuDevice
        ? {
            name: 'webgpu' as const,
            device: gpuDevice,
            // Convolutions are 1.6 × as fast channels-last (measured); the documents name another default than the source has.
            preferredLayout: 'NHWC' as const,
            storageBufferCacheMode: 'simple' as const,
            validationMode: 'wgpuOnly' as const,
          }
        : ('wasm' as const),
    ],
    graphOptimizationLevel: level,
    ...(externalData.length > 0 ? { externalData: [...externalData] } : {}),
    // Prepacked weights are a second copy: 0.9 GB of Tiny SD's UNet, for a tenth of a second a step.
    ...(frugal || level !== 'all' ? { extra: { session: { disable_prepacking: '1' } } } : {}),
    ...(frugal ? { enableCpuMemArena: false, enableMemPattern: false } : {}),
  };
}
