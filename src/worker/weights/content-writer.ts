import { AppError } from '../../domain/errors.ts';
import type { SourceFile } from '../../domain/model/model-file.ts';
import { checkContent, tooLong, type ByteSink } from './byte-sink.ts';
import {
  chunkBytes,
  deleteContent,
  dropChunks,
  emptyContent,
  readChunk,
  readRecord,
  recordKey,
  storedBytes,
  writeChunk,
  type ContentRecord,
} from './content.ts';
import type { RecordStore } from './idb.ts';
import { streamingSha256, type Hasher } from './sha256.ts';

/** Continues a content where it was left, or begins it. What is there is read and hashed again first. */
export async function contentWriter(
  records: RecordStore,
  key: string,
  source: SourceFile,
): Promise<ByteSink> {
  let { record, hasher } = await resume(records, key, source.sizeBytes);
  let buffer = new Uint8Array(Math.min(chunkBytes, source.sizeBytes));
  let filled = 0;

  const restart = async (etag: string | null) => {
    await deleteContent(records, key);
    record = { ...emptyContent(source.sizeBytes), etag };
    hasher = await streamingSha256();
    filled = 0;
  };
  const flush = async () => {
    const bytes = filled === buffer.length ? buffer : buffer.slice(0, filled);
    record = await writeChunk(records, key, record, record.chunkSha256.length, bytes);
    filled = 0;
  };
  const length = () => storedBytes(record) + filled;

  return {
    length,
    etag: () => record.etag,
    restart,
    append: async (part) => {
      if (length() + part.length > source.sizeBytes) throw tooLong(source);
      hasher.update(part);
      for (let taken = 0; taken < part.length;) {
        const now = part.subarray(taken, taken + buffer.length - filled);
        buffer.set(now, filled);
        filled += now.length;
        taken += now.length;
        if (filled === buffer.length) await flush();
      }
    },
    finish: async () => {
      if (filled > 0) await flush();
      const sha256 = hasher.digest();
      try {
        await checkContent(source, sha256, () => readWhole(records, key, record));
      } catch (error) {
        await restart(null);
        throw error;
      }
      record = { ...record, sha256 };
      await records.setMany([[recordKey(key), record]]);
      buffer = new Uint8Array(0);
    },
  };
}

/** The stored chunks, up to the first that is damaged. */
async function resume(
  records: RecordStore,
  key: string,
  sizeBytes: number,
): Promise<{ record: ContentRecord; hasher: Hasher }> {
  const hasher = await streamingSha256();
  const stored = await readRecord(records, key);
  if (stored?.sizeBytes !== sizeBytes) return { record: emptyContent(sizeBytes), hasher };
  const good = await hashStored(records, key, stored, hasher);
  if (good === stored.chunkSha256.length) return { record: { ...stored, sha256: null }, hasher };
  await dropChunks(records, key, good);
  return { record: { ...stored, sha256: null, chunkSha256: stored.chunkSha256.slice(0, good) }, hasher };
}

/** How many chunks are as they were. */
async function hashStored(
  records: RecordStore,
  key: string,
  record: ContentRecord,
  hasher: Hasher,
): Promise<number> {
  for (let index = 0; index < record.chunkSha256.length; index++) {
    try {
      hasher.update(await readChunk(records, key, record, index));
    } catch (error) {
      if (error instanceof AppError && error.code === 'file-corrupt') return index;
      throw error;
    }
  }
  return record.chunkSha256.length;
}

/** Files that git hashes itself are small. */
async function readWhole(records: RecordStore, key: string, record: ContentRecord): Promise<Uint8Array> {
  const bytes = new Uint8Array(record.sizeBytes);
  for (let index = 0; index < record.chunkSha256.length; index++) {
    bytes.set(await readChunk(records, key, record, index), index * chunkBytes);
  }
  return bytes;
}
