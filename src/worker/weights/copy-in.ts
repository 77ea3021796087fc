import { AppError } from '../../domain/errors.ts';
import type { SourceFile } from '../../domain/model/model-file.ts';
import { contentWriter } from './content-writer.ts';
import { chunkBytes } from './content.ts';
import type { RecordStore } from './idb.ts';

/** A file from disk into storage, a chunk at a time, hashed on the way. Throws `storage-full`, `file-corrupt`, `file-unreadable`. */
export async function copyIn(
  records: RecordStore,
  key: string,
  source: SourceFile,
  blob: Blob,
  signal: AbortSignal,
  onLength: (lengthBytes: number) => void,
): Promise<void> {
  const sink = await contentWriter(records, key, source);
  for (let at = sink.length(); at < source.sizeBytes; at += chunkBytes) {
    signal.throwIfAborted();
    await sink.append(await bytesOf(blob.slice(at, at + chunkBytes), source.path));
    onLength(sink.length());
  }
  await sink.finish();
}

export async function bytesOf(blob: Blob, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw new AppError('file-unreadable', `${path} could not be read.`, { cause });
  }
}
