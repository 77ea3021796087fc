/** What is stored under which name: one record for each finished model, written last, and one for each that is under way. */
import { AppError } from '../../domain/errors.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import { libraryKey } from '../../domain/model/stored-model.ts';
import { contentKey } from './content.ts';
import type { RecordStore } from './idb.ts';

export interface StoredFile {
  readonly path: string;
  /** Of its content. */
  readonly key: string;
  readonly sizeBytes: number;
}

export interface Manifest {
  readonly version: 1;
  readonly plan: ModelPlan;
  readonly files: readonly StoredFile[];
  readonly storedAtMs: number;
}

/** A download that has begun. */
export interface OpenDownload {
  readonly version: 1;
  readonly plan: ModelPlan;
  readonly files: readonly StoredFile[];
}

export const manifestPrefix = 'model:';
export const openPrefix = 'open:';
const usedPrefix = 'used:';

type Named = Parameters<typeof libraryKey>[0];

export const manifestKey = (model: Named) => `${manifestPrefix}${libraryKey(model)}`;
export const openKey = (model: Named) => `${openPrefix}${libraryKey(model)}`;
export const usedKey = (model: Named) => `${usedPrefix}${libraryKey(model)}`;

/** Where each of a plan's files will lie. */
export function storedFiles({ files, origin, id, revision }: ModelPlan): readonly StoredFile[] {
  const from =
    origin.kind === 'hub' ? `${origin.hubUrl}/${origin.repository}@${origin.revision}` : `${id}@${revision}`;
  return files.map(({ path, source }) => ({
    path,
    key: contentKey(source, from),
    sizeBytes: source.sizeBytes,
  }));
}

/** Throws `model-incomplete` when the model is not there as a whole. */
export async function readManifest(records: RecordStore, model: Named): Promise<Manifest> {
  const manifest = await records.get<Manifest>(manifestKey(model));
  if (manifest?.version === 1) return manifest;
  throw new AppError('model-incomplete', `${libraryKey(model)} is not stored in this browser.`);
}

/** Everything under a prefix, without what another version of this app wrote. */
export async function readAll<T extends { readonly version: 1 }>(
  records: RecordStore,
  prefix: string,
): Promise<readonly T[]> {
  const keys = await records.keys(prefix);
  const found = await Promise.all(keys.map((key) => records.get<T>(key)));
  return found.flatMap((record) => (record?.version === 1 ? [record] : []));
}
