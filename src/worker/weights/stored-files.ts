/** A stored model as the engine sees it. */
import { AppError } from '../../domain/errors.ts';
import type { ModelFile } from '../../domain/model/model-file.ts';
import { memorySource } from '../../domain/weights/byte-source.ts';
import { chunkedSource } from './byte-sources.ts';
import { chunkBytes, chunkLength, readChunk, readRecord } from './content.ts';
import type { RecordStore } from './idb.ts';
import type { Manifest, StoredFile } from './manifest.ts';
import type { ModelFiles } from './model-files.ts';

/** Puts a damaged chunk right; rejects when it cannot. */
export type RepairChunk = (file: StoredFile, index: number, signal: AbortSignal | undefined) => Promise<void>;

export function storedModelFiles(
  records: RecordStore,
  { plan, files }: Manifest,
  repair?: RepairChunk,
): ModelFiles {
  const known = new Map(files.map((file) => [file.path, file]));
  const texts = new Map(plan.filled.map(({ path, text }) => [path, text]));
  const list: readonly ModelFile[] = [
    ...files.map(({ path, sizeBytes }) => ({ path, sizeBytes })),
    ...plan.filled.map(({ path, text }) => ({ path, sizeBytes: new TextEncoder().encode(text).length })),
  ];

  const readBytes: ModelFiles['readBytes'] = async (path, onBytes, signal) => {
    const text = texts.get(path);
    if (text !== undefined) return new TextEncoder().encode(text);
    const file = known.get(path);
    if (!file) throw new AppError('file-not-found', `The model has no file ${path}.`);
    return readStored(records, file, { onBytes, signal, repair });
  };

  const open: ModelFiles['open'] = (path, onBytes, signal) => {
    const text = texts.get(path);
    if (text !== undefined) return memorySource(path, new TextEncoder().encode(text));
    const file = known.get(path);
    if (!file) throw new AppError('file-not-found', `The model has no file ${path}.`);
    const readChunk = (index: number) => {
      signal?.throwIfAborted();
      return readOrRepair(records, file, index, signal, repair);
    };
    return chunkedSource({ name: path, sizeBytes: file.sizeBytes, readChunk, onBytes });
  };

  return {
    list: () => list,
    readBytes,
    open,
    letGo: freeBuffer,
    readText: async (path) => texts.get(path) ?? new TextDecoder().decode(await readBytes(path)),
  };
}

/** Of a model's largest parts two would lie in memory otherwise. Older browsers wait for the garbage collector. */
function freeBuffer({ buffer }: Uint8Array): void {
  (buffer as { transfer?: (length: number) => ArrayBuffer }).transfer?.(0);
}

export interface ReadOptions {
  readonly onBytes?: ((bytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly repair?: RepairChunk | undefined;
}

/**
 * The whole file, each chunk checked against its hash; beside the file itself never more than one chunk is in memory. Throws
 * `file-corrupt` when a chunk is damaged and `repair` cannot help, `out-of-memory`.
 */
export async function readStored(
  records: RecordStore,
  file: StoredFile,
  { onBytes, signal, repair }: ReadOptions = {},
): Promise<Uint8Array> {
  const { key, sizeBytes } = file;
  const bytes = allocate(sizeBytes);
  for (let index = 0; index * chunkBytes < sizeBytes; index++) {
    signal?.throwIfAborted();
    bytes.set(await readOrRepair(records, file, index, signal, repair), index * chunkBytes);
    onBytes?.(chunkLength(sizeBytes, index));
  }
  if (sizeBytes === 0 && !(await readRecord(records, key))) throw gone(file);
  return bytes;
}

async function readOrRepair(
  records: RecordStore,
  file: StoredFile,
  index: number,
  signal: AbortSignal | undefined,
  repair: RepairChunk | undefined,
): Promise<Uint8Array> {
  const read = async () => {
    const record = await readRecord(records, file.key);
    if (!record) throw gone(file);
    return readChunk(records, file.key, record, index);
  };
  try {
    return await read();
  } catch (error) {
    const damaged = error instanceof AppError && error.code === 'file-corrupt';
    if (!damaged || !repair) throw error;
    await repair(file, index, signal);
    return read();
  }
}

const gone = ({ path }: StoredFile) =>
  new AppError('file-corrupt', `${path} is gone from the browser’s storage.`);

function allocate(sizeBytes: number): Uint8Array {
  try {
    return new Uint8Array(sizeBytes);
  } catch (cause) {
    throw new AppError('out-of-memory', `There is no memory for ${sizeBytes} bytes in one piece.`, { cause });
  }
}
