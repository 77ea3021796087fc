import type { ModelPlan } from './plan.ts';
import type { ModelCard } from './card.ts';
import type { ModelFile } from './model-file.ts';

/** Where the engine gets a model's files from. */
export type ModelSource =
  | { readonly kind: 'http'; readonly baseUrl: string; readonly files: readonly ModelFile[] }
  | { readonly kind: 'stored' }
  /** Fetched from the hub into memory, and kept nowhere. */
  | { readonly kind: 'hub'; readonly plan: ModelPlan }
  /** Its files lie on another machine, which draws with them. */
  | { readonly kind: 'elsewhere'; readonly machine: string };

/** Names one model exactly. `id` is `built-in` or the hub's `owner/name`, with `:folder` where the pipeline is nested. */
export interface ModelRef {
  readonly id: string;
  readonly revision: string;
  readonly source: ModelSource;
}

/** A model that can be chosen. */
export interface ModelEntry {
  readonly ref: ModelRef;
  readonly card: ModelCard;
}
