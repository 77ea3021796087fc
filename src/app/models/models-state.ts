/** What the sheet of models draws. Plain data; transfers and their controllers live in `models-store.ts`. */
import type { PlainError } from '../../domain/errors.ts';
import { catalogue, catalogueEntryOf, type CatalogueModel } from '../../domain/model/catalogue.ts';
import type { Extra } from '../../domain/model/extra.ts';
import { fitOf, needsOfPlan, proposeModel, type Fit } from '../../domain/model/fit.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import { libraryKey, type ModelLibrary, type StoredModel } from '../../domain/model/stored-model.ts';
import type { TransferPace } from '../../domain/model/transfer.ts';
import type { DeviceReport } from '../../engine/protocol.ts';

/** What is being done with one model. */
export type ModelWork =
  | { readonly kind: 'inspecting' }
  | {
      readonly kind: 'downloading';
      readonly loadedBytes: number;
      readonly totalBytes: number;
      readonly pace: TransferPace | null;
      /** Another tab does it. */
      readonly elsewhere: boolean;
      /** Why nothing moves just now; null while it does. */
      readonly waiting: PlainError | null;
      readonly pausing: boolean;
    }
  | {
      readonly kind: 'importing' | 'checking' | 'exporting';
      readonly loadedBytes: number;
      readonly totalBytes: number;
    }
  | { readonly kind: 'failed'; readonly error: PlainError; readonly plan: ModelPlan | null }
  | { readonly kind: 'checked'; readonly damagedFiles: readonly string[]; readonly repairedChunks: number };

/** What became of a file that is to be added beside models; one that was deleted can still be taken back. */
export type ExtraWork =
  | { readonly kind: 'adding' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'failed'; readonly error: PlainError };

export interface ModelsState {
  readonly load:
    | { readonly status: 'loading' }
    | { readonly status: 'ready' }
    | { readonly status: 'failed'; readonly error: PlainError };
  readonly library: ModelLibrary;
  readonly device: DeviceReport | null;
  /** The browser will not clear the models by itself; null where it does not tell. */
  readonly persisted: boolean | null;
  /** By row key. */
  readonly work: Readonly<Record<string, ModelWork>>;
  /** Library keys of models that go when the sheet closes. */
  readonly leaving: readonly string[];
  /** LoRAs and embeddings, by name. */
  readonly extras: readonly Extra[];
  /** Files that are being added, or could not be, by file name. */
  readonly adding: Readonly<Record<string, ExtraWork>>;
  /** What a search for another model found. */
  readonly found:
    | { readonly status: 'nothing' }
    | { readonly status: 'looking' }
    | { readonly status: 'plans'; readonly plans: readonly ModelPlan[]; readonly from: 'hub' | 'disk' }
    | { readonly status: 'failed'; readonly error: PlainError };
}

export const emptyModels: ModelsState = {
  load: { status: 'loading' },
  library: { models: [], storage: null },
  device: null,
  persisted: null,
  work: {},
  leaving: [],
  extras: [],
  adding: {},
  found: { status: 'nothing' },
};

/** One row of the sheet: a model of the catalogue, or one that the person brought. */
export interface ModelRow {
  readonly key: string;
  readonly entry: CatalogueModel | null;
  readonly stored: StoredModel | null;
}

/** A model of the catalogue keeps one row whichever of its sources, folders and revisions is stored. */
export const rowKey = (plan: ModelPlan): string => catalogueEntryOf(plan.id)?.key ?? libraryKey(plan);

export function modelRows({ library }: Pick<ModelsState, 'library'>): readonly ModelRow[] {
  const offers = catalogue.map((entry): ModelRow => {
    const stored = newest(library.models.filter(({ plan }) => catalogueEntryOf(plan.id) === entry));
    return { key: entry.key, entry, stored };
  });
  const own = library.models.filter(({ plan }) => !catalogueEntryOf(plan.id));
  return [...offers, ...own.map((stored) => ({ key: rowKey(stored.plan), entry: null, stored }))];
}

/** Of several revisions, the one that is whole and was stored last. */
function newest(models: readonly StoredModel[]): StoredModel | null {
  return [...models].sort((a, b) => storedAtMs(b) - storedAtMs(a))[0] ?? null;
}

/** When it was whole, in milliseconds since 1970; before all others while it is not. */
export const storedAtMs = ({ state }: StoredModel) => (state.kind === 'ready' ? state.storedAtMs : -1);

/** Null until the device is known. */
export function rowFit({ entry, stored }: ModelRow, { device, library }: ModelsState): Fit | null {
  if (!device) return null;
  const needs = stored ? needsOfPlan(stored.plan, entry ?? undefined) : entry?.needs;
  if (!needs) return null;
  return fitOf(needs, device, library.storage, stillToStoreBytes(entry, stored));
}

export function planFit(plan: ModelPlan, { device, library }: ModelsState): Fit | null {
  if (!device) return null;
  const needs = needsOfPlan(plan, catalogueEntryOf(plan.id));
  return fitOf(needs, device, library.storage, plan.totalBytes);
}

function stillToStoreBytes(entry: CatalogueModel | null, stored: StoredModel | null): number {
  if (!stored) return entry?.downloadBytes ?? 0;
  return stored.state.kind === 'ready' ? 0 : stored.plan.totalBytes - stored.state.loadedBytes;
}

/** The key of the row that is recommended for this device; null while it is unknown, or when the built-in model is best. */
export function proposedKey({ device, library }: ModelsState): string | null {
  return device ? (proposeModel(catalogue, device, library.storage)?.key ?? null) : null;
}
