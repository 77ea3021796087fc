/** Does a model fit this device? Facts in, reasons with numbers out; the words are made on the page. */
import { decoderBytes, type CatalogueModel, type ModelNeeds } from './catalogue.ts';
import type { ModelPlan } from './plan.ts';
import { usualVaeFactor } from './vae-factor.ts';

/** The part of the engine's device report that counts here. */
export interface DeviceFacts {
  readonly webgpu:
    | {
        readonly status: 'available';
        readonly software: boolean;
        readonly shaderF16: boolean;
        readonly maxBufferBytes: number;
        readonly maxStorageBindingBytes: number;
      }
    | { readonly status: 'unavailable' };
  readonly wasm: { readonly threads: number };
  /** GiB, rounded and capped (at 8, long) by the browser; null where it does not tell. */
  readonly memoryGb: number | null;
}

export interface StorageFacts {
  readonly quotaBytes: number;
  readonly usageBytes: number;
}

/** What a model asks of a device. */
export interface FitNeeds extends Pick<
  ModelNeeds,
  'shaderF16' | 'weightBytes' | 'wasmGrowth' | 'passes' | 'passGflop' | 'decodeGflop'
> {
  readonly largestBufferBytes: number;
}

export type FitReason =
  /** It cannot be kept; it can still run from memory. */
  | { readonly kind: 'storage'; readonly needBytes: number; readonly freeBytes: number }
  /** The tab would be killed or the allocation refused. */
  | { readonly kind: 'memory'; readonly needBytes: number; readonly haveBytes: number }
  /** WASM has to do it: one picture with the defaults takes about so long. */
  | { readonly kind: 'no-gpu'; readonly pictureSec: number }
  /** A remark, no shortage: the GPU draws in float32, in about 1.15 times the time (bench/README.md). */
  | { readonly kind: 'single-precision' }
  /** An attention buffer at the native size is larger than the GPU allows; smaller pictures may work. */
  | { readonly kind: 'gpu-buffer'; readonly needBytes: number; readonly limitBytes: number };

export interface Fit {
  /** `poor`: it runs, but slowly or in smaller pictures. `no`: it will not run, or cannot be kept. */
  readonly verdict: 'good' | 'poor' | 'no';
  readonly reasons: readonly FitReason[];
  readonly backend: 'webgpu' | 'wasm';
}

/** Activations, runtime and browser beside the weights at 512 × 512. Not measured yet: nobody had a GPU at hand. */
const gpuOverheadBytes = 1_200_000_000;
/**
 * The same on WASM: a model of Tiny SD's size took 3,839 MB of a renderer process at most (bench/README.md), its UNet's 647 MB of float16
 * among them as they came and, at twice the size, in float32.
 */
const wasmOverheadBytes = 1_900_000_000;
/** A WebAssembly heap ends here, however much memory there is. */
const wasmHeapBytes = 4 * 2 ** 30;
/** As measured: 15–22 of them. */
const wasmGflopPerThreadSec = 18;
/** Shorter than this, nobody minds which processor draws. */
const shortSec = 30;

/** `stillToStoreBytes`: what is not on disk yet. */
export function fitOf(
  needs: FitNeeds,
  device: DeviceFacts,
  storage: StorageFacts | null,
  stillToStoreBytes: number,
): Fit {
  const gpu = device.webgpu.status === 'available' && !device.webgpu.software ? device.webgpu : null;
  const widened = gpu !== null && !gpu.shaderF16 ? inSinglePrecision(needs) : needs;
  const reasons = [
    ...storageReasons(storage, stillToStoreBytes),
    ...(gpu ? gpuReasons(widened, gpu) : wasmReasons(needs, device)),
    ...memoryReasons(widened, device, gpu !== null),
    ...(gpu !== null && widened !== needs ? [{ kind: 'single-precision' } as const] : []),
  ];
  return { verdict: verdictOf(reasons), reasons, backend: gpu ? 'webgpu' : 'wasm' };
}

/** Weights that are stored in half precision or less grow as they do on WASM, and what is computed with halves doubles. */
function inSinglePrecision(needs: FitNeeds): FitNeeds {
  const { shaderF16, wasmGrowth, weightBytes, largestBufferBytes } = needs;
  if (!shaderF16 && wasmGrowth === 1) return needs;
  const { text_encoder, unet, vae_decoder } = weightBytes;
  return {
    ...needs,
    weightBytes: {
      text_encoder: text_encoder * wasmGrowth,
      unet: unet * wasmGrowth,
      vae_decoder: vae_decoder * wasmGrowth,
    },
    largestBufferBytes: largestBufferBytes * (shaderF16 ? 2 : 1),
  };
}

function verdictOf(reasons: readonly FitReason[]): Fit['verdict'] {
  if (reasons.some(({ kind }) => kind === 'storage' || kind === 'memory')) return 'no';
  return reasons.some(({ kind }) => kind !== 'single-precision') ? 'poor' : 'good';
}

function storageReasons(storage: StorageFacts | null, needBytes: number): readonly FitReason[] {
  if (!storage) return [];
  const freeBytes = Math.max(0, storage.quotaBytes - storage.usageBytes);
  return needBytes > freeBytes ? [{ kind: 'storage', needBytes, freeBytes }] : [];
}

function gpuReasons(
  needs: FitNeeds,
  gpu: { readonly maxBufferBytes: number; readonly maxStorageBindingBytes: number },
): readonly FitReason[] {
  const limitBytes = Math.min(gpu.maxBufferBytes, gpu.maxStorageBindingBytes);
  const needBytes = needs.largestBufferBytes;
  return needBytes > limitBytes ? [{ kind: 'gpu-buffer', needBytes, limitBytes }] : [];
}

function wasmReasons(
  { passes, passGflop, decodeGflop }: FitNeeds,
  { wasm }: DeviceFacts,
): readonly FitReason[] {
  const pictureSec = (passes * passGflop + decodeGflop) / (wasm.threads * wasmGflopPerThreadSec);
  return pictureSec < shortSec ? [] : [{ kind: 'no-gpu', pictureSec }];
}

/**
 * On WASM the components that do not fit together are loaded in turn, so that the largest counts; on the GPU all of them together.
 * Browsers round memory and long capped it at 8: only a clear shortage is told.
 */
function memoryReasons(needs: FitNeeds, device: DeviceFacts, onGpu: boolean): readonly FitReason[] {
  const weights = Object.values(needs.weightBytes);
  const sum = weights.reduce((total, bytes) => total + bytes, 0);
  const needBytes = onGpu
    ? sum + gpuOverheadBytes
    : Math.max(...weights) * (needs.wasmGrowth + 1) + wasmOverheadBytes;
  const haveBytes = Math.min(
    device.memoryGb === null ? Number.POSITIVE_INFINITY : device.memoryGb * 2 ** 30,
    onGpu ? Number.POSITIVE_INFINITY : wasmHeapBytes,
  );
  return needBytes > haveBytes ? [{ kind: 'memory', needBytes, haveBytes }] : [];
}

/** What is known of a model that is not in the catalogue: its sizes, and what its name tells of its precision. */
export function needsOfPlan(plan: ModelPlan, entry: CatalogueModel | undefined): FitNeeds {
  const { text_encoder = 0, unet = 0, vae_decoder = 0 } = plan.componentBytes;
  const precision = plan.precision ?? 'default';
  const { steps, guidanceScale, width, height } = plan.card.defaults;
  const factor = plan.vaeFactor ?? usualVaeFactor;
  const tokens = (width / factor) * (height / factor);
  const isCompiled = plan.form === 'weights';
  // What is compiled here attends without a matrix of scores.
  const bufferBytes = isCompiled ? decoderBytes(width, height) : 8 * tokens ** 2 * 2;
  return {
    shaderF16: isCompiled
      ? false
      : (entry?.needs.shaderF16 ?? (precision === 'fp16' || precision === 'q4f16')),
    weightBytes: { text_encoder, unet, vae_decoder },
    wasmGrowth: entry?.needs.wasmGrowth ?? (precision === 'fp16' || isCompiled ? 2 : 1),
    largestBufferBytes: entry?.needs.largestBufferBytes ?? bufferBytes,
    passes: entry?.needs.passes ?? steps * (guidanceScale === 1 ? 1 : 2),
    // Work grows with the weights and with what they work on: tiny-sd's UNet has 323 million of them at 64 × 64 latents, and its decoder
    // does most at the picture's own size.
    passGflop: entry?.needs.passGflop ?? (486 * (unet / 2 / 323_384_964) * tokens) / 64 ** 2,
    decodeGflop: entry?.needs.decodeGflop ?? (2515 * (vae_decoder / 99_000_000) * width * height) / 512 ** 2,
  };
}

/**
 * The model to propose: the best that fits well; where only WASM is left, four steps are bearable and fifty are not. Null: stay with the
 * built-in one.
 */
export function proposeModel(
  models: readonly CatalogueModel[],
  device: DeviceFacts,
  storage: StorageFacts | null,
): CatalogueModel | null {
  const fits = models.map((model) => ({
    model,
    fit: fitOf(model.needs, device, storage, model.downloadBytes),
  }));
  const good = fits.find(({ fit }) => fit.verdict === 'good');
  if (good) return good.model;
  const quickest = fits
    .filter(({ fit }) => fit.verdict === 'poor')
    .sort((a, b) => a.model.needs.passes - b.model.needs.passes)[0];
  return quickest && quickest.model.needs.passes <= 8 ? quickest.model : null;
}
