import { AppError } from '../../domain/errors.ts';
import type { Backend, BackendChoice, DeviceReport } from '../../engine/protocol.ts';
import { backendOf, type Mode } from './fallback-sessions.ts';
import type { OpenRuntime, Runtime } from '../runtime/runtime.ts';

/** One runtime for each backend, opened when first asked for and shared by all models. */
export interface Runtimes {
  /** Throws `backend-unavailable`. */
  readonly open: (mode: Mode) => Promise<Runtime>;
  /** `auto` is WebGPU where there is a real GPU that has not failed yet. */
  readonly choose: (choice: BackendChoice) => Promise<Mode>;
  /** The runtime of this mode failed: it is closed, and opened anew only for who asks for WebGPU by name. */
  readonly failed: (mode: Mode) => void;
}

export function createRuntimes(openRuntime: OpenRuntime, probe: () => Promise<DeviceReport>): Runtimes {
  const opened = new Map<Backend, Promise<Runtime>>();
  let gpuFailed = false;
  let report: Promise<DeviceReport> | undefined;

  const open = (mode: Mode) => {
    const backend = backendOf(mode);
    const runtime =
      opened.get(backend) ??
      openRuntime(backend).catch((error: unknown) => {
        opened.delete(backend);
        throw error;
      });
    opened.set(backend, runtime);
    return runtime;
  };

  return {
    open,
    choose: async (choice) => {
      if (choice !== 'auto') return choice;
      const { webgpu } = await (report ??= probe());
      return webgpu.status === 'available' && !webgpu.software && !gpuFailed ? 'webgpu' : 'wasm';
    },
    failed: (mode) => {
      const backend = backendOf(mode);
      gpuFailed ||= backend === 'webgpu';
      const runtime = opened.get(backend);
      opened.delete(backend);
      runtime?.then((gone) => gone.close()).catch(ignoreUnavailable);
    },
  };
}

/** What could not be opened need not be closed. */
function ignoreUnavailable(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}
