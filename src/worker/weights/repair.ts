/** Damage on disk: found by hash, fetched again alone. */
import { AppError } from '../../domain/errors.ts';
import type { SourceFile } from '../../domain/model/model-file.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import type { ByteEvent, NamedModel } from '../../engine/model-protocol.ts';
import { ask } from './ask.ts';
import { chunkBytes, chunkCount, chunkLength, readChunk, readRecord, writeChunk } from './content.ts';
import type { HubDeps } from './hub.ts';
import { sourceUrl } from './remote-checkpoint.ts';
import type { RecordStore } from './idb.ts';
import { readManifest, type StoredFile } from './manifest.ts';
import { progressSum } from './progress.ts';
import { withRetries } from './retry.ts';
import { sha256Of } from './sha256.ts';
import type { RepairChunk } from './stored-files.ts';

/** Undefined for a model that came from disk: nobody has its bytes. Throws `file-corrupt` when the hub's bytes are others by now. */
export function hubRepair(
  records: RecordStore,
  { origin, files }: ModelPlan,
  deps: Omit<HubDeps, 'signal'>,
): RepairChunk | undefined {
  if (origin.kind === 'disk') return undefined;
  const sources = new Map(files.map(({ path, source }) => [path, source]));
  return async (file, index, signal = new AbortController().signal) => {
    const source = sources.get(file.path);
    const record = await readRecord(records, file.key);
    if (!source || !record) throw new AppError('file-corrupt', `${file.path} is gone from storage.`);
    const bytes = await fetchChunk(sourceUrl(origin, source), source, index, { ...deps, signal });
    if ((await sha256Of(bytes)) !== record.chunkSha256[index]) {
      throw new AppError('file-corrupt', `${file.path} is damaged, and the hub has other bytes now.`);
    }
    await writeChunk(records, file.key, record, index, bytes);
  };
}

function fetchChunk(
  url: string,
  { sizeBytes, path }: SourceFile,
  index: number,
  deps: HubDeps,
): Promise<Uint8Array<ArrayBuffer>> {
  const start = index * chunkBytes;
  const end = start + chunkLength(sizeBytes, index);
  return withRetries(async () => {
    const headers = { Range: `bytes=${start}-${end - 1}` };
    const response = await ask(deps.fetch, url, { signal: deps.signal, headers });
    const body = new Uint8Array(await response.arrayBuffer());
    // A server without ranges sends the whole file.
    const bytes = response.status === 206 ? body : body.slice(start, end);
    if (bytes.length !== end - start) {
      throw new AppError('file-corrupt', `${path} has another length on the server now.`);
    }
    return bytes;
  }, deps);
}

export interface Verification {
  readonly damagedFiles: readonly string[];
  readonly repairedChunks: number;
}

/** Hashes every chunk again. `damagedFiles` are those that could not be put right. Throws `model-incomplete`, `AbortError`. */
export async function verifyModel(
  records: RecordStore,
  model: NamedModel,
  deps: HubDeps,
  onProgress: (progress: ByteEvent) => void,
): Promise<Verification> {
  const { plan, files } = await readManifest(records, model);
  const repair = hubRepair(records, plan, deps);
  const sum = progressSum(plan.totalBytes, deps.clock, onProgress);
  const damaged = new Set<string>();
  let repairedChunks = 0;
  for (const file of files) {
    for (let index = 0; index < chunkCount(file.sizeBytes); index++) {
      deps.signal.throwIfAborted();
      const outcome = await checkChunk(records, file, index, repair, deps.signal);
      if (outcome === 'repaired') repairedChunks++;
      if (outcome === 'damaged') damaged.add(file.path);
      sum.set(file.path, index * chunkBytes + chunkLength(file.sizeBytes, index));
    }
  }
  sum.flush();
  return { damagedFiles: [...damaged], repairedChunks };
}

async function checkChunk(
  records: RecordStore,
  file: StoredFile,
  index: number,
  repair: RepairChunk | undefined,
  signal: AbortSignal,
): Promise<'good' | 'repaired' | 'damaged'> {
  try {
    const record = await readRecord(records, file.key);
    if (!record) return 'damaged';
    await readChunk(records, file.key, record, index);
    return 'good';
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'file-corrupt') throw error;
    return repair ? tryRepair(repair, file, index, signal) : 'damaged';
  }
}

/** Without a network the damage stays, and is told. */
async function tryRepair(
  repair: RepairChunk,
  file: StoredFile,
  index: number,
  signal: AbortSignal,
): Promise<'repaired' | 'damaged'> {
  try {
    await repair(file, index, signal);
    return 'repaired';
  } catch (error) {
    if (error instanceof AppError) return 'damaged';
    throw error;
  }
}
