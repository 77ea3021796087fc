import type { RgbaImage } from '../domain/diffusion/image/image.ts';
import type { ModelRef } from '../domain/model/model.ts';
import type {
  DeviceReport,
  EngineCalls,
  GenerateEvent,
  GenerateParams,
  LoadEvent,
} from '../engine/protocol.ts';
import type { CallHandlers } from '../engine/rpc.ts';
import { createEngine, type EngineParts } from '../worker/engine.ts';
import { openRuntime } from '../worker/runtime/ort.ts';
import type { OpenRuntime } from '../worker/runtime/runtime.ts';
import { loadTokenizer } from '../worker/model/tokenizer.ts';
import { noExtras } from '../worker/weights/no-extras.ts';
import { folderFiles } from './folder-files.ts';
import type { ModelFiles } from '../worker/weights/model-files.ts';
import { goldenPath } from './golden.ts';
import { halfGraph } from './half-graph.ts';

export const miniatureFiles = () => folderFiles(goldenPath('mini-onnx'));

/** The miniature as exporters make it in float16. */
export function halfFiles(): ModelFiles {
  const files = miniatureFiles();
  return {
    ...files,
    readBytes: async (path, ...others) => {
      const bytes = await files.readBytes(path, ...others);
      return path.endsWith('.onnx') ? halfGraph(bytes) : bytes;
    },
  };
}

export const miniature: ModelRef = {
  id: 'miniature',
  revision: '1',
  source: { kind: 'http', baseUrl: 'mini-onnx/', files: miniatureFiles().list() },
};

export const wasm = () => openRuntime('wasm', 1);

const gpuReport: DeviceReport['webgpu'] = {
  status: 'available',
  vendor: 'test',
  architecture: 'test',
  description: '',
  software: false,
  shaderF16: true,
  subgroupMinSize: 32,
  maxBufferBytes: 2 ** 30,
  maxStorageBindingBytes: 2 ** 30,
};

export const deviceReport = (hasGpu: boolean): DeviceReport => ({
  webgpu: hasGpu ? gpuReport : { status: 'unavailable', why: 'missing' },
  wasm: { simd: true, threads: 1, isolated: false },
  cores: 1,
  memoryGb: null,
});

/** The engine over the miniature, with the real WASM runtime in the place of every backend. */
export function testEngine(parts: Partial<EngineParts> & { readonly open?: OpenRuntime } = {}) {
  const { open = wasm, ...others } = parts;
  const handlers = createEngine({
    probe: () => Promise.resolve(deviceReport(false)),
    openRuntime: open,
    openFiles: () => Promise.resolve(miniatureFiles()),
    openExtras: () => Promise.resolve(noExtras),
    loadTokenizer,
    ...others,
  });
  return driver(handlers);
}

export const settings: GenerateParams['settings'] = {
  prompt: 'a photo of a cat',
  negativePrompt: '',
  steps: 3,
  guidanceScale: 5,
  seed: 1,
  width: 64,
  height: 64,
  sampler: 'ddim',
};

export interface Story {
  readonly events: readonly GenerateEvent[];
  readonly images: readonly RgbaImage[];
  readonly backend: string;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: GenerateEvent) => void;
}

function driver(handlers: CallHandlers<EngineCalls>) {
  const never = new AbortController().signal;
  const listen = <E>(onEvent?: (event: E) => void) => {
    const events: E[] = [];
    const emit = (event: E) => {
      events.push(event);
      onEvent?.(event);
    };
    return { events, emit };
  };
  return {
    handlers,
    generate: async (
      over: Partial<GenerateParams> = {},
      { signal = never, onEvent }: RunOptions = {},
    ): Promise<Story> => {
      const { events, emit } = listen<GenerateEvent>(onEvent);
      const params = { model: miniature, backend: 'auto', settings, count: 1, ...over } as const;
      const { backend } = await handlers.generate(params, { signal, emit });
      const images = events.flatMap((event) => (event.phase === 'image' ? [event.image] : []));
      return { events, images, backend };
    },
    load: async (over: Partial<EngineCalls['load']['params']> = {}) => {
      const { events, emit } = listen<LoadEvent>();
      const ready = { width: 64, height: 64, guidanceScale: 5 };
      const params = { model: miniature, backend: 'auto', ready, ...over } as const;
      return { loaded: await handlers.load(params, { signal: never, emit }), events };
    },
    unload: () => handlers.unload(null, { signal: never, emit: () => undefined }),
    countTokens: (text: string) =>
      handlers.countTokens({ model: miniature, text, calls: 25 }, { signal: never, emit: () => undefined }),
  };
}
