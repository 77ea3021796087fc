/**
 * The door to zip.js: zip files as streams out and as random access in. A gallery does not fit in memory: only one entry of it is held at a
 * time. What is stored is compressed already. Beyond 4 GiB or 65,535 entries the library writes Zip64.
 */
import type { FileEntry, ZipReader } from '@zip.js/zip.js';
import { AppError } from '../../../domain/errors.ts';
import { readAtMost } from './read-at-most.ts';

export interface ZipSource {
  readonly name: string;
  readonly data: Blob;
}

/** Nothing but what the browser has itself; fetched when the first zip file is made or opened. */
const library = () => import('@zip.js/zip.js/lib/zip-core-custom.js');

/** Without workers: the library's own are made of text, which the page's content policy refuses. */
const here = { useWebWorkers: false } as const;

/** Writes as fast as it is read. An error of `sources` ends the stream with that error. */
export function zipStream(
  sources: AsyncIterable<ZipSource> | Iterable<ZipSource>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  // Whoever reads the stream is told of the error; whoever stopped reading needs not be.
  write(sources, writable).catch((error: unknown) => writable.abort(error).catch(() => undefined));
  return readable;
}

async function write(
  sources: AsyncIterable<ZipSource> | Iterable<ZipSource>,
  writable: WritableStream<Uint8Array<ArrayBuffer>>,
): Promise<void> {
  const { BlobReader, ZipWriter } = await library();
  const zip = new ZipWriter(writable, { ...here, level: 0 });
  for await (const { name, data } of sources) await zip.add(name, new BlobReader(data));
  await zip.close();
}

export interface ZipFile {
  readonly names: readonly string[];
  /** Throws `file-not-found`, `file-corrupt` (wrong checksum, cut off, not as long as it says). */
  read(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** Throws `file-corrupt` for what is no zip. */
export async function openZip(file: Blob): Promise<ZipFile> {
  const { BlobReader, ZipReader } = await library();
  const entries = await listEntries(new ZipReader(new BlobReader(file), here));
  return {
    names: [...entries.keys()],
    read: (name) => {
      const entry = entries.get(name);
      if (!entry) throw new AppError('file-not-found', `The zip file has no "${name}".`);
      return readEntry(entry);
    },
  };
}

async function listEntries(zip: ZipReader<Blob>): Promise<ReadonlyMap<string, FileEntry>> {
  try {
    const entries = await zip.getEntries();
    return new Map(entries.flatMap((entry) => (entry.directory ? [] : [[entry.filename, entry]])));
  } catch {
    // The library's reasons say no more, and say it to programmers.
    throw new AppError('file-corrupt', 'The file is not a zip file, was cut off or is damaged.');
  }
}

async function readEntry(entry: FileEntry): Promise<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  try {
    const [bytes] = await Promise.all([
      readAtMost(readable, entry.uncompressedSize),
      entry.getData(writable, { checkCrc32: true }),
    ]);
    return bytes;
  } catch (cause) {
    throw new AppError('file-corrupt', `"${entry.filename}" in the zip file is damaged.`, { cause });
  }
}
