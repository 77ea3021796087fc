/** Models from and to a folder on disk. */
import { lockNames } from '../../engine/stored-names.ts';
import { AppError, isAbort } from '../../domain/errors.ts';
import { parseLooseJson } from '../../domain/loose-json.ts';
import type { LayoutFile } from '../../domain/model/model-file.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import { libraryKey } from '../../domain/model/stored-model.ts';
import type { ByteEvent, NamedModel, PickedFile } from '../../engine/model-protocol.ts';
import type { Clock } from './clock.ts';
import { bytesOf, copyIn } from './copy-in.ts';
import { chunkBytes, chunkCount, readChunk, readRecord } from './content.ts';
import { beginModel, finishModel, roomFor } from './begin.ts';
import type { HubDeps } from './hub.ts';
import type { RecordStore } from './idb.ts';
import { pipelinesIn, plansOf } from './inspect.ts';
import { manifestKey, readManifest, storedFiles, type Manifest } from './manifest.ts';
import { progressSum } from './progress.ts';
import { sha256Of } from './sha256.ts';
import { areSingleFiles, inspectSingleFiles } from './single-file.ts';
import { forgetModel } from './library.ts';
import type { Tabs } from './tabs.ts';

/** What an export adds to a model's own files: who it is, and the hash of everything. */
export const exportName = 'zoetrope-model.json';

interface ExportRecord {
  readonly version: 1;
  readonly plan: ModelPlan;
}

export interface FolderDeps {
  readonly records: RecordStore;
  readonly tabs: Tabs;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Throws `file-unreadable`, `model-incomplete`, `model-unsupported`. */
export async function inspectFolder(
  folderName: string,
  picked: readonly PickedFile[],
  hub: { readonly hubUrl: string; readonly deps: HubDeps } | null = null,
): Promise<readonly ModelPlan[]> {
  const files = new Map(picked.map(({ path, file }) => [path, file]));
  const readText = (path: string) => textOf(files.get(path)!, path);
  const exported = await readExport(picked, readText);
  if (exported) return [exported];
  if (areSingleFiles(picked)) return inspectSingleFiles(picked, await revisionOf(picked), hub);
  const sources = picked.map(({ path, file }) => ({ path, sizeBytes: file.size }));
  const layouts = pipelinesIn(sources, '', folderName);
  const plans = await plansOf(layouts, { kind: 'disk', folderName }, null, readText);
  const revision = await revisionOf(picked);
  return plans.map((plan) => ({ ...plan, revision }));
}

/** A model that this app exported comes back as what it was; its hashes are checked while it is read. */
async function readExport(
  picked: readonly PickedFile[],
  readText: (path: string) => Promise<string>,
): Promise<ModelPlan | null> {
  const record = picked.find(({ path }) => path === exportName);
  if (!record) return null;
  const { version, plan } = (parseLooseJson(await readText(record.path)) ?? {}) as Partial<ExportRecord>;
  if (version !== 1 || !plan) return null;
  const missing = plan.files.find(({ path, source }) => {
    const file = picked.find((each) => each.path === path)?.file;
    return file?.size !== source.sizeBytes;
  });
  if (missing) throw new AppError('model-incomplete', `${missing.path} is missing or has another size.`);
  return plan;
}

/** Names this state of the folder: 12 hex digits over the names, sizes and dates of its files. */
async function revisionOf(picked: readonly PickedFile[]): Promise<string> {
  const lines = picked.map(({ path, file }) => `${path} ${file.size} ${file.lastModified}\n`).sort();
  return (await sha256Of(new TextEncoder().encode(lines.join('')))).slice(0, 12);
}

/** Copies, hashing on the way. After an abort or a failure nothing is left. Throws `storage-full`, `file-corrupt`, `file-unreadable`. */
export function importModel(
  plan: ModelPlan,
  picked: readonly PickedFile[],
  deps: FolderDeps,
  onProgress: (progress: ByteEvent) => void,
): Promise<Manifest> {
  const { records, tabs, signal } = deps;
  return tabs.exclusively(lockNames.model(libraryKey(plan)), signal, async () => {
    const known = await records.get<Manifest>(manifestKey(plan));
    if (known) return known;
    try {
      return await copyAll(plan, picked, deps, onProgress);
    } catch (error) {
      await forgetModel(records, tabs, plan);
      throw error;
    }
  });
}

async function copyAll(
  plan: ModelPlan,
  picked: readonly PickedFile[],
  { records, tabs, clock, signal }: FolderDeps,
  onProgress: (progress: ByteEvent) => void,
): Promise<Manifest> {
  const files = storedFiles(plan);
  await roomFor(files, records);
  await beginModel(plan, files, records, tabs, signal);
  const sum = progressSum(plan.totalBytes, clock, onProgress);
  for (const [i, { path, source }] of plan.files.entries()) {
    const blob = picked.find((each) => each.path === source.path || each.path === path)?.file;
    if (!blob) throw new AppError('file-not-found', `${source.path} is not in the folder.`);
    await copyIn(records, files[i]!.key, source, blob, signal, (bytes) => sum.set(path, bytes));
  }
  sum.flush();
  return finishModel(plan, files, records, tabs);
}

async function textOf(blob: Blob, path: string): Promise<string> {
  return new TextDecoder().decode(await bytesOf(blob, path));
}

/** Writes the model's files in the plain layout, and who it is. Throws `storage-failed`, `file-corrupt`, `model-incomplete`. */
export async function exportModel(
  model: NamedModel,
  folder: FileSystemDirectoryHandle,
  { records, clock, signal }: FolderDeps,
  onProgress: (progress: ByteEvent) => void,
): Promise<void> {
  const { plan, files } = await readManifest(records, model);
  const sum = progressSum(plan.totalBytes, clock, onProgress);
  const known: LayoutFile[] = [];
  for (const [i, { path, source }] of plan.files.entries()) {
    const { key, sizeBytes } = files[i]!;
    const record = await readRecord(records, key);
    if (!record?.sha256) throw new AppError('file-corrupt', `${path} is gone from storage.`);
    await writeFile(folder, path, async function* () {
      for (let index = 0; index < chunkCount(sizeBytes); index++) {
        signal.throwIfAborted();
        yield await readChunk(records, key, record, index);
        sum.set(path, Math.min(sizeBytes, (index + 1) * chunkBytes));
      }
    });
    known.push({ path, source: { ...source, sha256: record.sha256 } });
  }
  const texts = plan.filled.map(({ path, text }) => [path, text] as const);
  const exported: ExportRecord = { version: 1, plan: { ...plan, files: known } };
  for (const [path, text] of [...texts, [exportName, JSON.stringify(exported, null, 1)] as const]) {
    await writeFile(folder, path, () => [new TextEncoder().encode(text)]);
  }
  sum.flush();
}

async function writeFile(
  folder: FileSystemDirectoryHandle,
  path: string,
  content: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const names = path.split('/');
  const fileName = names.pop()!;
  let stream: FileSystemWritableFileStream | undefined;
  try {
    let place = folder;
    for (const name of names) place = await place.getDirectoryHandle(name, { create: true });
    stream = await (await place.getFileHandle(fileName, { create: true })).createWritable();
    for await (const bytes of content()) await stream.write(bytes as Uint8Array<ArrayBuffer>);
    await stream.close();
  } catch (cause) {
    await stream?.abort();
    if (isAbort(cause) || cause instanceof AppError) throw cause;
    throw new AppError('storage-failed', `${path} could not be written.`, { cause });
  }
}
