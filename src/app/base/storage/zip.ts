/** Zip files as streams out and as random access in: a gallery does not fit in memory, and only one entry of it is held at a time. */
import { AppError } from '../../../domain/errors.ts';
import { crc32 } from '../../../domain/recipe/png-chunks.ts';
import { readAtMost } from './read-at-most.ts';
import {
  centralDirectory,
  dataOffset,
  endSearchBytes,
  localHeader,
  localHeaderBytes,
  readCentralDirectory,
  readEndRecord,
  type ZipEntry,
} from './zip-format.ts';

export interface ZipSource {
  readonly name: string;
  readonly data: Blob;
}

/** Writes as fast as it is read. An error of `sources` ends the stream with that error. */
export function zipStream(
  sources: AsyncIterable<ZipSource> | Iterable<ZipSource>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces = zipPieces(sources);
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
}

async function* zipPieces(
  sources: AsyncIterable<ZipSource> | Iterable<ZipSource>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const entries: ZipEntry[] = [];
  let offset = 0;
  for await (const { name, data } of sources) {
    const bytes = new Uint8Array(await data.arrayBuffer());
    const sizeBytes = bytes.length;
    const entry = { name, crc32: crc32(bytes), method: 0, packedBytes: sizeBytes, sizeBytes, offset };
    const header = localHeader(entry);
    yield header;
    yield bytes;
    entries.push(entry);
    offset += header.length + sizeBytes;
  }
  yield centralDirectory(entries);
}

export interface ZipFile {
  readonly names: readonly string[];
  /** Throws `file-not-found`, `file-corrupt` (wrong checksum, cut off, not as long as it says). */
  read(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** Throws `file-corrupt` for what is no zip. */
export async function openZip(file: Blob): Promise<ZipFile> {
  const end = readEndRecord(await slice(file, Math.max(0, file.size - endSearchBytes), file.size));
  const directory = await slice(file, end.offset, end.offset + end.sizeBytes);
  const entries = new Map(readCentralDirectory(directory).map((entry) => [entry.name, entry]));
  return {
    names: [...entries.keys()],
    read: (name) => {
      const entry = entries.get(name);
      if (!entry) throw new AppError('file-not-found', `The zip file has no "${name}".`);
      return readEntry(file, entry);
    },
  };
}

async function readEntry(file: Blob, entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  const header = await slice(file, entry.offset, entry.offset + localHeaderBytes);
  const start = entry.offset + dataOffset(header);
  const packed = file.slice(start, start + entry.packedBytes);
  const bytes = await unpack(packed, entry);
  if (bytes.length !== entry.sizeBytes || crc32(bytes) !== entry.crc32) {
    throw new AppError('file-corrupt', `"${entry.name}" in the zip file is damaged.`);
  }
  return bytes;
}

/** Ours are stored; people unpack and pack again with tools that deflate. */
async function unpack(packed: Blob, { method, name, sizeBytes }: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  if (method === 0) return new Uint8Array(await packed.arrayBuffer());
  if (method !== 8) throw new AppError('file-corrupt', `"${name}" is packed in an unknown way.`);
  const unpacked = packed.stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return readAtMost(unpacked, sizeBytes);
}

async function slice(file: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}
