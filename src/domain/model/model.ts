import type { ModelPlan } from './plan.ts';
import type { SamplerId } from '../diffusion/samplers/choices.ts';

export interface ModelFile {
  /** Relative to the model's folder, `/` between parts: `unet/model.onnx`. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Hex; absent where the source does not tell. */
  readonly sha256?: string;
}

/** Where the engine gets a model's files from. */
export type ModelSource =
  | { readonly kind: 'http'; readonly baseUrl: string; readonly files: readonly ModelFile[] }
  | { readonly kind: 'stored' }
  /** Fetched from the hub into memory, and kept nowhere. */
  | { readonly kind: 'hub'; readonly plan: ModelPlan };

/** Names one model exactly. `id` is `built-in` or the hub's `owner/name`, with `:folder` where the pipeline is nested. */
export interface ModelRef {
  readonly id: string;
  readonly revision: string;
  readonly source: ModelSource;
}

/** What a model's makers recommend. */
export interface ModelDefaults {
  readonly sampler: SamplerId | 'model';
  readonly steps: number;
  readonly guidanceScale: number;
  readonly width: number;
  readonly height: number;
}

/** What the page tells about a model before it is loaded. */
export interface ModelCard {
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly defaults: ModelDefaults;
  /** Sides must be multiples of this many pixels. */
  readonly sizeMultiple: number;
  /** Prompts that this model does well. */
  readonly examples: readonly string[];
}

export type ModelComponent = 'text_encoder' | 'unet' | 'vae_decoder' | 'vae_encoder';

/** A model that can be chosen. */
export interface ModelEntry {
  readonly ref: ModelRef;
  readonly card: ModelCard;
}
