/** The first and the last step of storing a model, wherever its bytes come from. */
import { AppError } from '../../domain/errors.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import { readRecord, storedBytes } from './content.ts';
import type { RecordStore } from './idb.ts';
import { manifestKey, openKey, type Manifest, type OpenDownload, type StoredFile } from './manifest.ts';
import { lockNames } from '../../engine/stored-names.ts';
import { storageFacts } from './storage-facts.ts';
import type { Tabs } from './tabs.ts';

/** Throws `storage-full` when what is still missing has no room. */
export async function roomFor(files: readonly StoredFile[], records: RecordStore): Promise<void> {
  const storage = await storageFacts();
  if (!storage) return;
  const there = await Promise.all(files.map(({ key }) => readRecord(records, key)));
  const needBytes = files.reduce((sum, file, i) => {
    const record = there[i];
    return sum + file.sizeBytes - (record ? storedBytes(record) : 0);
  }, 0);
  const freeBytes = Math.max(0, storage.quotaBytes - storage.usageBytes);
  if (needBytes > freeBytes) {
    throw new AppError(
      'storage-full',
      `It needs ${megabytes(needBytes)} more; the browser allows ${megabytes(freeBytes)}.`,
    );
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** From now on the model's bytes are needed, and it is listed as one that is under way. */
export async function beginModel(
  plan: ModelPlan,
  files: readonly StoredFile[],
  records: RecordStore,
  tabs: Tabs,
  signal: AbortSignal,
): Promise<void> {
  const open: OpenDownload = { version: 1, plan, files };
  await tabs.exclusively(lockNames.library, signal, () => records.setMany([[openKey(plan), open]]));
  tabs.announce({ type: 'library-changed' });
}

/** From now on the model exists. Call it when every file is stored and found to be right. */
export async function finishModel(
  plan: ModelPlan,
  files: readonly StoredFile[],
  records: RecordStore,
  tabs: Tabs,
): Promise<Manifest> {
  const manifest: Manifest = { version: 1, plan, files, storedAtMs: Date.now() };
  await records.setMany([[manifestKey(plan), manifest]]);
  await records.deleteMany([openKey(plan)]);
  tabs.announce({ type: 'library-changed' });
  return manifest;
}
