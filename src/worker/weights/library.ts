/** The models in storage: what there is, since when, and how it goes again. */
import { lockNames } from '../../engine/stored-names.ts';
import { AppError } from '../../domain/errors.ts';
import { libraryKey, type ModelLibrary, type StoredModel } from '../../domain/model/stored-model.ts';
import type { NamedModel } from '../../engine/model-protocol.ts';
import { chunksPrefix, contentPrefix, deleteContent, readRecord, storedBytes } from './content.ts';
import { extraPrefix, type ExtraRecord } from './extra-records.ts';
import type { RecordStore } from './idb.ts';
import {
  manifestKey,
  manifestPrefix,
  openKey,
  openPrefix,
  readAll,
  usedKey,
  type Manifest,
  type OpenDownload,
} from './manifest.ts';
import { storageFacts } from './storage-facts.ts';
import type { Tabs } from './tabs.ts';

/** Held while it is decided what is needed, so that nothing that a beginning download counts on goes meanwhile. */

/** Throws `storage-failed`. */
export async function readLibrary(records: RecordStore): Promise<ModelLibrary> {
  const ready = await readAll<Manifest>(records, manifestPrefix);
  const open = await readAll<OpenDownload>(records, openPrefix);
  const names = new Set(ready.map(({ plan }) => libraryKey(plan)));
  const models = await Promise.all([
    ...ready.map((manifest) => describeStored(records, manifest)),
    ...open.filter(({ plan }) => !names.has(libraryKey(plan))).map((each) => describeOpen(records, each)),
  ]);
  return { models, storage: await storageFacts() };
}

export async function describeStored(records: RecordStore, manifest: Manifest): Promise<StoredModel> {
  const { plan, storedAtMs } = manifest;
  const lastUsedAtMs = (await records.get<number>(usedKey(plan))) ?? null;
  return { plan, state: { kind: 'ready', storedAtMs, lastUsedAtMs } };
}

async function describeOpen(records: RecordStore, { plan, files }: OpenDownload): Promise<StoredModel> {
  const contents = await Promise.all(files.map(({ key }) => readRecord(records, key)));
  const loadedBytes = contents.reduce((sum, record) => sum + (record ? storedBytes(record) : 0), 0);
  return { plan, state: { kind: 'partial', loadedBytes } };
}

export function markUsed(records: RecordStore, model: NamedModel, nowMs: number): Promise<void> {
  return records.setMany([[usedKey(model), nowMs]]);
}

/** Bytes that another model needs stay. Throws `storage-failed` while the model is being fetched, here or in another tab. */
export async function deleteModel(records: RecordStore, tabs: Tabs, model: NamedModel): Promise<void> {
  const busy = new AbortController();
  await tabs.exclusively(
    lockNames.model(libraryKey(model)),
    busy.signal,
    () => forgetModel(records, tabs, model),
    () => busy.abort(new AppError('storage-failed', `${model.id} is being fetched just now.`)),
  );
}

/** As `deleteModel`, for whoever holds the model's lock. */
export async function forgetModel(records: RecordStore, tabs: Tabs, model: NamedModel): Promise<void> {
  await records.deleteMany([manifestKey(model), openKey(model), usedKey(model)]);
  await tabs.exclusively(lockNames.library, new AbortController().signal, () => sweep(records));
  tabs.announce({ type: 'library-changed' });
}

/** Deletes every content that no model, no open download and nothing beside models names. For whoever holds `lockNames.library`. */
export async function sweep(records: RecordStore): Promise<void> {
  const models = await readAll<Manifest>(records, manifestPrefix);
  const open = await readAll<OpenDownload>(records, openPrefix);
  const extras = await readAll<ExtraRecord>(records, extraPrefix);
  const needed = new Set([
    ...[...models, ...open].flatMap(({ files }) => files.map(({ key }) => key)),
    ...extras.flatMap(({ content }) => content ?? []),
  ]);
  const contents = (await records.keys(contentPrefix)).map((name) => name.slice(contentPrefix.length));
  for (const key of contents) {
    if (!needed.has(key)) await deleteContent(records, key);
  }
  await sweepChunks(records, needed);
}

/** Chunks whose record went first, when a tab was closed in the middle of a deletion. */
async function sweepChunks(records: RecordStore, needed: ReadonlySet<string>): Promise<void> {
  const chunks = await records.keys(chunksPrefix);
  const lost = chunks.filter((name) => !needed.has(name.slice(chunksPrefix.length, name.lastIndexOf(':'))));
  if (lost.length > 0) await records.deleteMany(lost);
}
