/** In the browser: one graph on one backend, timed. Served by `serve.ts`, called by `measure.ts`. */
import type * as OrtModule from 'onnxruntime-web';
import type { Case, DeviceFacts, Measured } from './cases.ts';

type Ort = typeof OrtModule;

interface Opened {
  readonly ort: Ort;
  readonly device: GPUDevice | null;
}

const builds = { webgpu: 'jspi', wasm: 'wasm' } as const;
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

async function open(backend: Case['backend'], threads: number): Promise<Opened> {
  const file = `/ort/ort.${builds[backend]}.bundle.min.mjs`;
  const ort = (await import(file)) as Ort;
  const wasm = backend === 'wasm' ? 'ort-wasm-simd-threaded.wasm' : 'ort-wasm-simd-threaded.jspi.wasm';
  ort.env.wasm.wasmPaths = { wasm: new URL(`/ort/${wasm}`, location.href).href };
  ort.env.wasm.numThreads = threads;
  return { ort, device: backend === 'webgpu' ? await openDevice() : null };
}

/** As the app opens it: `src/worker/runtime/gpu-device.ts`. */
async function openDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('the browser gives no WebGPU adapter');
  const safe = (adapter.info as { subgroupMinSize?: number }).subgroupMinSize ?? 0;
  const wanted: GPUFeatureName[] = safe >= 8 ? ['shader-f16', 'subgroups'] : ['shader-f16'];
  return adapter.requestDevice({
    requiredFeatures: wanted.filter((name) => adapter.features.has(name)),
    requiredLimits: Object.fromEntries(limitNames.map((name) => [name, adapter.limits[name]])),
  });
}

async function facts(): Promise<DeviceFacts | null> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return null;
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const software =
    isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${architecture} ${description}`);
  const { maxStorageBufferBindingSize: maxBindingBytes } = adapter.limits;
  return {
    vendor,
    architecture,
    description,
    software,
    shaderF16: adapter.features.has('shader-f16'),
    maxBindingBytes,
  };
}

async function measure(work: Case): Promise<Measured> {
  const { ort, device } = await open(work.backend, work.threads ?? 1);
  const graph = await bytesOf(`/graphs/${work.graph}`);
  const weights = work.weights
    ? [{ path: work.weights.split('/').at(-1)!, data: await bytesOf(`/graphs/${work.weights}`) }]
    : [];
  const beganMs = performance.now();
  const session = await ort.InferenceSession.create(graph, {
    executionProviders: [device ? gpuProvider(device, work) : 'wasm'],
    // ONNX Runtime tells only here which node runs where.
    logSeverityLevel: work.tellPlacement ? 0 : 3,
    ...(weights.length > 0 ? { externalData: weights } : {}),
    ...(work.fixed ? { freeDimensionOverrides: work.fixed } : {}),
  });
  const createMs = performance.now() - beganMs;
  const feeds = Object.fromEntries(
    session.inputMetadata.map((input) => [input.name, feed(ort, input, work)]),
  );
  const times: number[] = [];
  let output: OrtModule.Tensor | undefined;
  for (let run = 0; run < work.runs + 1; run++) {
    const startMs = performance.now();
    output = Object.values(await session.run(feeds))[0]!;
    times.push(performance.now() - startMs);
  }
  await session.release();
  device?.destroy();
  const [firstMs = 0, ...later] = times;
  return { createMs, firstMs, medianMs: median(later), ...factsOf(output!) };
}

const gpuProvider = (device: GPUDevice, { layout = 'NHWC' }: Case) => ({
  name: 'webgpu' as const,
  device,
  storageBufferCacheMode: 'simple' as const,
  validationMode: 'wgpuOnly' as const,
  preferredLayout: layout,
});

function feed(ort: Ort, input: OrtModule.InferenceSession.ValueMetadata, { feeds }: Case): OrtModule.Tensor {
  const dims = feeds[input.name];
  if (!input.isTensor || !dims) throw new Error(`no shape is given for the input ${input.name}`);
  const length = dims.reduce((product, size) => product * size, 1);
  if (input.type === 'int64')
    return new ort.Tensor(
      'int64',
      BigInt64Array.from({ length }, (_, i) => BigInt(i % 400)),
      [...dims],
    );
  if (input.type !== 'float32') throw new Error(`${input.name} is of type ${input.type}`);
  const values = input.name === 'timestep' ? Float32Array.of(500) : waves(length);
  return new ort.Tensor('float32', values, [...dims]);
}

/** About as spread as noise, and the same every time. */
const waves = (length: number) =>
  Float32Array.from({ length }, (_, i) => 1.4 * Math.sin(i * 0.37) * Math.cos(i * i * 0.011));

function factsOf(output: OrtModule.Tensor): Pick<Measured, 'notNumbers' | 'rms' | 'sample'> {
  if (output.type !== 'float32') throw new Error(`the graph answers with ${output.type}`);
  const values = output.data as Float32Array;
  const numbers = values.filter(Number.isFinite);
  const squares = numbers.reduce((sum, value) => sum + value * value, 0);
  return {
    notNumbers: values.length - numbers.length,
    rms: Math.sqrt(squares / numbers.length),
    sample: Array.from(values.slice(0, 1024)),
  };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

async function bytesOf(path: string): Promise<Uint8Array> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

export const gpuBench = { facts, measure };
export type GpuBench = typeof gpuBench;
Object.assign(globalThis, { gpuBench });
