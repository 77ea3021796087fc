/** The only door to onnxruntime-web. Which build, which options and why: see the links and measurements beside each. */
import type * as OrtModule from 'onnxruntime-web';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import type { Backend } from '../../engine/protocol.ts';
import { largestBufferBytes, openGpu, type GpuHandle } from './gpu-device.ts';
import { createLastingTensors, type LastingTensors } from './lasting-tensors.ts';
import { createLock } from './lock.ts';
import type { Graph, HostTensor, Runtime, Session, TensorData, TensorInfo } from './runtime.ts';
import { attentionIsRight } from './self-test.ts';
import { smallestGraph } from './smallest-graph.ts';
import { isLarge, sessionOptions, type OptimizationLevel } from './session-options.ts';
import { tensorScope } from './tensor-scope.ts';

type Ort = typeof OrtModule;

/**
 * Each build brings its own .wasm, which is fetched only when the build is used. The default entry and `/all` still hold the old WebGPU
 * backend (JSEP), which computes wrong attention. JSPI's .wasm is 10 MB smaller than Asyncify's.
 */
function importBuild(backend: Backend): Promise<Ort> {
  if (backend === 'wasm') return import('onnxruntime-web/wasm');
  return 'Suspending' in WebAssembly ? import('onnxruntime-web/jspi') : import('onnxruntime-web/webgpu');
}

/** Throws `backend-unavailable`, `runtime-missing`. `threads` counts from the first call on: the runtime starts its threads once. */
export async function openRuntime(backend: Backend, threads: number): Promise<Runtime> {
  try {
    const ort = await importBuild(backend);
    ort.env.wasm.numThreads = threads;
    ort.env.logLevel = 'error';
    return backend === 'wasm' ? createRuntime(ort, backend, null) : await openGpuRuntime(ort);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const code = isMissing(cause) ? 'runtime-missing' : 'backend-unavailable';
    throw new AppError(code, `ONNX Runtime (${backend}) could not be started.`, { cause });
  }
}

/** Some drivers compute wrong attention with subgroups: proves it right, without them if need be. */
async function openGpuRuntime(ort: Ort): Promise<Runtime> {
  for (const subgroups of [true, false]) {
    const gpu = await openGpu({ subgroups });
    const runtime = createRuntime(ort, 'webgpu', gpu);
    if (await attentionIsRight(runtime)) return runtime;
    runtime.close();
  }
  throw new AppError('backend-unavailable', 'This GPU computes wrong attention.');
}

function createRuntime(ort: Ort, backend: Backend, gpu: GpuHandle | null): Runtime {
  // Overlapping create, run and release corrupt the memory of a build's one WebAssembly instance.
  const lock = createLock();
  const state = { spentMs: 0, liveSessions: 0 };

  /** Alone in the runtime, on the clock, not waiting for a GPU that is gone, errors translated. */
  const enter = <T>(what: string, work: () => Promise<T>): Promise<T> =>
    lock(async () => {
      const startMs = performance.now();
      try {
        return await (gpu ? Promise.race([gpu.lost, work()]) : work());
      } catch (cause) {
        throw translate(cause, what);
      } finally {
        state.spentMs += performance.now() - startMs;
      }
    });

  // A build fetches and compiles its .wasm, and starts its threads, with its first session: here while the model is still on its way.
  // On a GPU the self-test does it.
  if (!gpu)
    enter('start', async () =>
      (await ort.InferenceSession.create(smallestGraph(), { executionProviders: ['wasm'] })).release(),
    ).catch(() => undefined /* The first session that is asked for meets it too. */);

  const createSession = async (graph: Graph, { careful = false } = {}): Promise<Session> => {
    const frugal = !gpu && isLarge(graph);
    const create = (level: OptimizationLevel) =>
      enter('create a session', () =>
        ort.InferenceSession.create(
          graph.model,
          sessionOptions(graph, { gpuDevice: gpu?.device ?? null, level, frugal }),
        ),
      );
    const session = await (careful ? createUnoptimised(create) : create('all'));
    state.liveSessions += 1;
    const lasting = gpu && lastingTensors(ort, gpu.device);
    return {
      inputs: session.inputMetadata.map(tensorInfo),
      outputs: session.outputMetadata.map(tensorInfo),
      oneAtATime: frugal,
      run: (feeds, fetch) => enter('run', () => runSession(ort, { session, lasting }, feeds, fetch)),
      release: async () => {
        state.liveSessions -= 1;
        await enter('release a session', () => session.release());
        lasting?.release();
      },
    };
  };

  return {
    backend,
    float16: gpu?.device.features.has('shader-f16') ?? false,
    largestTensorBytes: gpu ? largestBufferBytes(gpu.device) : wasmTensorBytes,
    createSession,
    get spentMs() {
      return state.spentMs;
    },
    get liveSessions() {
      return state.liveSessions;
    },
    close: () => gpu?.close(),
  };
}

/** Of a decoder three or four of its largest values live at once, in a heap that ends at 4 GiB. */
const wasmTensorBytes = 640 * 2 ** 20;

/** Float16 graphs cannot do without some: the casts that the CPU's kernels need contradict the graph's own until they are merged. */
async function createUnoptimised<T>(create: (level: OptimizationLevel) => Promise<T>): Promise<T> {
  try {
    return await create('disabled');
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'session-failed') throw error;
    return create('basic');
  }
}

const lastingTensors = (ort: Ort, device: GPUDevice): LastingTensors<OrtModule.Tensor> =>
  createLastingTensors(device, (buffer, { type, dims }) =>
    ort.Tensor.fromGpuBuffer(buffer, { dataType: type as 'float32', dims }),
  );

interface OpenSession {
  readonly session: OrtModule.InferenceSession;
  /** Null: the runtime reads the host's memory. */
  readonly lasting: LastingTensors<OrtModule.Tensor> | null;
}

function runSession(
  ort: Ort,
  { session, lasting }: OpenSession,
  feeds: Readonly<Record<string, HostTensor>>,
  fetch: string,
): Promise<HostTensor> {
  return tensorScope(async (own) => {
    const inputs = Object.entries(feeds).map(([name, value]) => {
      if (lasting && value.lasting) return [name, lasting.get(value)] as const;
      const tensor = new ort.Tensor(value.type as 'float32', value.data as Float32Array, value.dims);
      return [name, own<OrtModule.Tensor>(tensor)] as const;
    });
    const outputs = await session.run(Object.fromEntries(inputs), [fetch]);
    const output = own(outputs[fetch]!);
    return { type: output.type, dims: [...output.dims], data: plainData(output) };
  });
}

/** Where the platform has `Float16Array`, the runtime answers with it; the engine speaks of bits. */
function plainData({ type, data }: OrtModule.Tensor): TensorData {
  if (type !== 'float16' || data instanceof Uint16Array) return data as TensorData;
  const half = data as unknown as { buffer: ArrayBuffer; byteOffset: number; length: number };
  return new Uint16Array(half.buffer, half.byteOffset, half.length);
}

function tensorInfo(meta: OrtModule.InferenceSession.ValueMetadata): TensorInfo {
  return meta.isTensor
    ? { name: meta.name, type: meta.type, shape: meta.shape }
    : { name: meta.name, type: 'not a tensor', shape: [] };
}

const memoryWords =
  /bad_alloc|out of memory|out-of-memory|failed to allocate|allocation failed|memory access/i;

/** What Chromium, Firefox and Safari say of a request that failed. */
const networkWords =
  /failed to fetch|networkerror|load failed|error loading dynamically imported|importing a module/i;

const wordsOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

/** The runtime's own files did not arrive. It is not started twice: only a fresh worker can try again. */
const isMissing = (cause: unknown) => networkWords.test(wordsOf(cause));

/** The runtime throws errors, strings and, from C++, bare numbers. */
function translate(cause: unknown, what: string): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError(codeOf(cause), `ONNX Runtime could not ${what}.`, { cause });
}

function codeOf(cause: unknown): ErrorCode {
  if (isMissing(cause)) return 'runtime-missing';
  const noMemory =
    cause instanceof RangeError || typeof cause === 'number' || memoryWords.test(wordsOf(cause));
  return noMemory ? 'out-of-memory' : 'session-failed';
}
