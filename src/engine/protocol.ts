/** Everything the page and the engine worker say to each other. */
import type { ErrorCode } from '../domain/errors.ts';
import type { Speed } from '../domain/diffusion/fast/speeds.ts';
import type { RgbaImage } from '../domain/diffusion/image/image.ts';
import type { UsedExtra } from '../domain/model/extra.ts';
import type { ModelRef } from '../domain/model/model.ts';
import type { ModelComponent } from '../domain/model/model-file.ts';
import type { EnlargeScale } from '../domain/diffusion/edit/enlarging.ts';
import type { Inpainting, Mask } from '../domain/diffusion/edit/inpainting.ts';
import type { ImageSettings } from '../domain/diffusion/image-settings.ts';
import type { RpcClient } from './rpc.ts';

export type Backend = 'webgpu' | 'wasm';
/** `auto`: WebGPU where there is a real (not software) adapter, else WASM. */
export type BackendChoice = 'auto' | Backend;

export interface DeviceReport {
  readonly webgpu:
    | {
        readonly status: 'available';
        readonly vendor: string;
        readonly architecture: string;
        readonly description: string;
        /** A software adapter works but is slower than WASM; `auto` leaves it alone. */
        readonly software: boolean;
        readonly shaderF16: boolean;
        readonly subgroupMinSize: number | null;
        readonly maxBufferBytes: number;
        readonly maxStorageBindingBytes: number;
      }
    /** `missing`: the browser knows no WebGPU; `failed`: it does, and asking for it ended in an error. */
    | { readonly status: 'unavailable'; readonly why: 'missing' | 'no-adapter' | 'failed' };
  /** `isolated`: the page is cross-origin isolated, without which there is one thread only. */
  readonly wasm: { readonly simd: boolean; readonly threads: number; readonly isolated: boolean };
  readonly cores: number;
  /** `navigator.deviceMemory`, GiB, rounded and capped by the browser; null where it does not tell. */
  readonly memoryGb: number | null;
}

/** What only the model's own files can tell. */
export interface LoadedModel {
  readonly id: string;
  readonly revision: string;
  readonly backend: Backend;
  readonly nativeWidth: number;
  readonly nativeHeight: number;
  readonly sizeMultiple: number;
  readonly latentChannels: number;
  readonly predictionType: 'epsilon' | 'v_prediction' | 'sample';
  readonly schedulerClass: string;
  /** False without a VAE encoder: image-to-image is not possible then. */
  readonly canEncode: boolean;
}

export type EngineNotice =
  /** WebGPU failed and the job went on with WASM from the last finished step. */
  | {
      readonly kind: 'backend-fallback';
      readonly from: Backend;
      readonly to: Backend;
      /** What became of the first. */
      readonly code: ErrorCode;
    }
  /** The picture came out as NaN or all one colour and was made again more carefully. */
  | { readonly kind: 'safer-mode'; readonly reason: string }
  /** The GPU refused a kernel in half precision, and the job went on there in single precision. */
  | { readonly kind: 'single-precision'; readonly reason: string }
  /** A LoRA for a larger model: layers of it that this one has, and those that it has not. */
  | { readonly kind: 'lora-in-part'; readonly name: string; readonly applied: number; readonly left: number }
  /** A finished graph of a text encoder gives the states of its last layer and no others. */
  | { readonly kind: 'all-layers'; readonly clipSkip: number };

export type LoadEvent =
  | { readonly phase: 'download'; readonly loadedBytes: number; readonly totalBytes: number }
  | {
      readonly phase: 'session';
      readonly component: ModelComponent;
      readonly done: number;
      readonly total: number;
      /** It was there already, for another size or number of passes. */
      readonly again?: true;
    }
  | { readonly phase: 'notice'; readonly notice: EngineNotice };

/** A picture that may be asked for next. Of a size that the model does not draw, its own is meant. */
export interface ExpectedPicture {
  readonly width: number;
  readonly height: number;
  readonly guidanceScale: number;
  /** Without it: `exact`. */
  readonly speed?: Speed;
}

export interface PrepareParams extends ExpectedPicture {
  readonly model: ModelRef;
  readonly backend: BackendChoice;
}

export interface LoadParams {
  readonly model: ModelRef;
  readonly backend: BackendChoice;
  /** Its sessions are made at once. Without, what is asked for next makes its own. */
  readonly ready?: ExpectedPicture;
}

/** Image-to-image. */
export interface SourcePicture {
  /** At the settings' width × height; where it is inpainted, of any size, which the result has too. */
  readonly image: RgbaImage;
  /** 0 (keep) … 1 (ignore). */
  readonly strength: number;
  /** Only what the mask shows is drawn; it is as large as the picture. */
  readonly inpaint?: Inpainting & { readonly mask: Mask };
}

export interface GenerateParams {
  readonly model: ModelRef;
  readonly backend: BackendChoice;
  /** Picture i uses `settingsOfPicture(settings, i)`. */
  readonly settings: ImageSettings;
  readonly count: number;
  readonly source?: SourcePicture;
  /** In-between pictures: prompt embeddings go linearly and starting noise spherically from `settings` to these, by `amount` 0 … 1. */
  readonly morph?: {
    readonly prompt: string;
    readonly negativePrompt: string;
    readonly seed: number;
    readonly amount: number;
  };
}

export interface ImageTimings {
  readonly encodeMs: number;
  readonly denoiseMs: number;
  readonly decodeMs: number;
  /** Of all the above, the part spent inside ONNX Runtime. */
  readonly runtimeMs: number;
}

export type GenerateEvent =
  | LoadEvent
  | { readonly phase: 'encode' }
  | {
      readonly phase: 'denoise';
      readonly imageIndex: number;
      readonly imageCount: number;
      /** 1 … steps: this one is being drawn, or finished with its last call. */
      readonly step: number;
      readonly steps: number;
      /** 1 … calls of the model: this many are finished. Some samplers ask twice a step. Of a fast picture, its passes. */
      readonly call: number;
      readonly calls: number;
      readonly callMs: number;
      /** Linear latent → RGB, one pixel for each latent. */
      readonly preview: RgbaImage;
    }
  | {
      readonly phase: 'decode';
      readonly imageIndex: number;
      readonly imageCount: number;
      /** Of a picture that is too large for the device to be decoded at once. */
      readonly tiles?: { readonly done: number; readonly total: number };
    }
  | {
      readonly phase: 'image';
      readonly imageIndex: number;
      readonly imageCount: number;
      readonly image: RgbaImage;
      readonly settings: ImageSettings;
      readonly timings: ImageTimings;
      /** LoRAs and embeddings that its prompts call. */
      readonly extras?: readonly UsedExtra[];
    };

/** How a picture is enlarged, with what that needs. */
export type EnlargeBy =
  | { readonly how: 'filter' }
  | {
      readonly how: 'detail';
      readonly model: ModelRef;
      readonly backend: BackendChoice;
      /** Their width and height are those of a tile. */
      readonly settings: ImageSettings;
      readonly strength: number;
      readonly overlapPx: number;
    }
  | { readonly how: 'network'; readonly network: string; readonly backend: BackendChoice };

export interface EnlargeParams {
  readonly image: RgbaImage;
  readonly scale: EnlargeScale;
  readonly by: EnlargeBy;
}

export type EnlargeEvent =
  | LoadEvent
  /** So many of the tiles of this part of the work are done; `denoise` counts each tile once for each call of the model. */
  | {
      readonly phase: 'tiles';
      readonly stage: 'filter' | 'encode' | 'denoise' | 'decode' | 'network';
      readonly done: number;
      readonly total: number;
    }
  /** The next rows of the result, from the top, without a gap: nowhere it lies whole. */
  | { readonly phase: 'rows'; readonly top: number; readonly rows: RgbaImage };

export interface EnlargeResult {
  readonly width: number;
  readonly height: number;
  /** Null where no network computed. */
  readonly backend: Backend | null;
  /** LoRAs and embeddings that the prompts call, and the network that was used. */
  readonly extras: readonly UsedExtra[];
}

/** Of what the text encoder is given for a prompt; where that changes, of its longest text. */
export interface TokenCount {
  /** Content tokens, without BOS and EOS. */
  readonly tokens: number;
  /** So many chunks they are read in. */
  readonly chunks: number;
  /** Content tokens that fit in one chunk (75 for CLIP); longer prompts are read in several. */
  readonly chunkTokens: number;
}

/** Name → what goes in, what is told on the way, what comes out. Failures are `AppError`s; see each. */
export interface EngineCalls {
  /** Never fails. */
  probe: { params: null; event: never; result: DeviceReport };
  /** Opens the model. Throws `model-incomplete`, `model-unsupported`, `download-failed`, `runtime-missing`, `session-failed`, `out-of-memory`. */
  load: { params: LoadParams; event: LoadEvent; result: LoadedModel };
  /**
   * Makes ready what a picture of that size would wait for, as long as nothing else is asked: `ready` is false when it gave way. Throws as
   * `load`.
   */
  prepare: { params: PrepareParams; event: LoadEvent; result: { ready: boolean } };
  /** Needs only the tokenizer's files. `calls` of the model: see `modelCalls`. */
  countTokens: { params: { model: ModelRef; text: string; calls: number }; event: never; result: TokenCount };
  /** Loads first if need be. Throws as `load`, and `bad-input` (with `field`), `bad-output`, `device-lost`. */
  generate: { params: GenerateParams; event: GenerateEvent; result: { backend: Backend } };
  /** Throws as `generate`, and `bad-input` (field `image`) where the result would be too large. */
  enlarge: { params: EnlargeParams; event: EnlargeEvent; result: EnlargeResult };
  /** Lets go of all sessions and weights. */
  unload: { params: null; event: never; result: null };
}

/** What the page knows of the engine; `rpcClient` over the worker in real life, `src/testing/held-engine.ts` in stories about the page. */
export type Engine = RpcClient<EngineCalls>;
