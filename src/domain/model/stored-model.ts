import type { StorageFacts } from './fit.ts';
import type { ModelPlan } from './plan.ts';

/** A model in this browser's storage. */
export interface StoredModel {
  readonly plan: ModelPlan;
  readonly state:
    | {
        readonly kind: 'ready';
        /** Milliseconds since 1970. */
        readonly storedAtMs: number;
        readonly lastUsedAtMs: number | null;
      }
    /** A download that was paused or broken off. */
    | { readonly kind: 'partial'; readonly loadedBytes: number };
}

export interface ModelLibrary {
  readonly models: readonly StoredModel[];
  /** Null where the browser does not tell. */
  readonly storage: StorageFacts | null;
}

/** Names one stored model; several revisions of one model can lie side by side. */
export const libraryKey = ({ id, revision }: { readonly id: string; readonly revision: string }) =>
  `${id}@${revision}`;
