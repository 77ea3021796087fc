/**
 * One file's bytes in IndexedDB, in chunks that every browser takes: private windows refuse single records over 133 MB. A content is named
 * by its hash where that is known beforehand, so that models which share a file share its bytes.
 */
import { AppError } from '../../domain/errors.ts';
import type { SourceFile } from '../../domain/model/model-file.ts';
import type { RecordStore } from './idb.ts';
import { sha256Of } from './sha256.ts';

export const chunkBytes = 16 * 2 ** 20;

/** What is stored of a content so far. */
export interface ContentRecord {
  readonly version: 1;
  readonly sizeBytes: number;
  /** Of the answer that the bytes came with: if it changes, they do not belong together. */
  readonly etag: string | null;
  /** One for each chunk that is stored, in order. */
  readonly chunkSha256: readonly string[];
  /** Set once everything is there and was found to be right. */
  readonly sha256: string | null;
}

/** `origin` tells apart files that have no hash: repository, revision and path. */
export function contentKey(source: SourceFile, origin: string): string {
  if (source.sha256) return `sha256-${source.sha256.toLowerCase()}`;
  if (source.gitOid) return `git-${source.gitOid.toLowerCase()}`;
  return `at-${origin}/${source.path}`;
}

export const contentPrefix = 'content:';
export const recordKey = (key: string) => `${contentPrefix}${key}`;
export const chunksPrefix = 'chunk:';
export const chunkPrefix = (key: string) => `${chunksPrefix}${key}:`;
const chunkKey = (key: string, index: number) => `${chunkPrefix(key)}${String(index).padStart(5, '0')}`;

export const emptyContent = (sizeBytes: number): ContentRecord => ({
  version: 1,
  sizeBytes,
  etag: null,
  chunkSha256: [],
  sha256: null,
});

export const chunkCount = (sizeBytes: number) => Math.ceil(sizeBytes / chunkBytes);

/** Bytes of chunk `index` of a content. */
export const chunkLength = (sizeBytes: number, index: number) =>
  Math.min(chunkBytes, sizeBytes - index * chunkBytes);

/** Bytes that need not be fetched again. */
export const storedBytes = ({ sizeBytes, chunkSha256 }: ContentRecord) =>
  Math.min(sizeBytes, chunkSha256.length * chunkBytes);

export async function readRecord(records: RecordStore, key: string): Promise<ContentRecord | undefined> {
  const record = await records.get<ContentRecord>(recordKey(key));
  return record?.version === 1 ? record : undefined;
}

/** One chunk, as it was when it was stored. Throws `file-corrupt` when it is gone or is no longer what it was. */
export async function readChunk(
  records: RecordStore,
  key: string,
  record: ContentRecord,
  index: number,
): Promise<Uint8Array> {
  const buffer = await records.get<ArrayBuffer>(chunkKey(key, index));
  if (!buffer) throw new AppError('file-corrupt', `Chunk ${index} of ${key} is gone.`);
  const bytes = new Uint8Array(buffer);
  if ((await sha256Of(bytes)) !== record.chunkSha256[index]) {
    throw new AppError('file-corrupt', `Chunk ${index} of ${key} has changed on disk.`);
  }
  return bytes;
}

/** Stores chunk `index`; it must be one that is there already, or the next. */
export async function writeChunk(
  records: RecordStore,
  key: string,
  record: ContentRecord,
  index: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<ContentRecord> {
  const chunkSha256 = [...record.chunkSha256];
  chunkSha256[index] = await sha256Of(bytes);
  const next = { ...record, chunkSha256 };
  const whole = bytes.byteLength === bytes.buffer.byteLength;
  // Together in one transaction: the record never promises a chunk that is not there.
  await records.setMany([
    [chunkKey(key, index), whole ? bytes.buffer : bytes.slice().buffer],
    [recordKey(key), next],
  ]);
  return next;
}

/** Leaves the chunks before `fromIndex`. */
export async function dropChunks(records: RecordStore, key: string, fromIndex: number): Promise<void> {
  const chunks = await records.keys(chunkPrefix(key));
  const late = chunks.filter((name) => name >= chunkKey(key, fromIndex));
  if (late.length > 0) await records.deleteMany(late);
}

export async function deleteContent(records: RecordStore, key: string): Promise<void> {
  // The record first: without it, the chunks count as nothing.
  await records.deleteMany([recordKey(key)]);
  await dropChunks(records, key, 0);
}
