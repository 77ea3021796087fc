/** The records of one work: `work:<id>` what it is, `thumbnail:<id>` a small picture, `file:<id>:<n>` its bytes in pieces. */
import { AppError } from '../../../domain/errors.ts';
import { readWork, type Work } from '../../../domain/recipe/work.ts';
import type { RecordStore } from '../../../engine/idb.ts';

/** A work with everything that belongs to it, as it is exported and imported. */
export interface WholeWork {
  readonly work: Work;
  readonly file: Blob;
  readonly thumbnail: Blob | null;
}

/** A single record of more than 133 MB fails in private windows. */
const pieceBytes = 16 * 1024 * 1024;

export const workKey = (id: string) => `work:${id}`;
export const thumbnailKey = (id: string) => `thumbnail:${id}`;
export const filePrefix = (id: string) => `file:${id}:`;

/** Bytes, not Blobs: those are unreliable in the IndexedDB of iOS. */
export async function recordsOf({ work, file, thumbnail }: WholeWork): Promise<[string, unknown][]> {
  const records: [string, unknown][] = [[workKey(work.id), work]];
  if (thumbnail) {
    const bytes = await thumbnail.arrayBuffer();
    records.push([thumbnailKey(work.id), { version: 1, mediaType: thumbnail.type, bytes }]);
  }
  for (let start = 0, index = 0; start < file.size; start += pieceBytes, index++) {
    const bytes = await file.slice(start, start + pieceBytes).arrayBuffer();
    records.push([`${filePrefix(work.id)}${String(index).padStart(4, '0')}`, bytes]);
  }
  return records;
}

export async function readFile(store: RecordStore, id: string): Promise<Blob> {
  const [record, pieces] = await Promise.all([store.get(workKey(id)), store.list(filePrefix(id))]);
  const work = readWork(record);
  if (!work) throw new AppError('file-not-found', 'This work is no longer in the gallery.');
  return new Blob(
    pieces.map(([, bytes]) => bytes as ArrayBuffer),
    { type: work.mediaType },
  );
}

export function readThumbnail(record: unknown): Blob | null {
  if (!isThumbnail(record)) return null;
  return new Blob([record.bytes], { type: record.mediaType });
}

function isThumbnail(record: unknown): record is { mediaType: string; bytes: ArrayBuffer } {
  return typeof record === 'object' && record !== null && 'version' in record && record.version === 1;
}
