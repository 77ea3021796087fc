/** Files piece by piece: a gigabyte of weights is read a tensor at a time, with never more than some chunks in memory. */
import { AppError } from '../../domain/errors.ts';
import { isInside, outside, type ByteSource } from '../../domain/weights/byte-source.ts';
import { chunkBytes, chunkLength } from './content.ts';
import type { ModelFiles } from './model-files.ts';

/** Tensors are read in about the order in which they lie, but not quite. */
const heldChunks = 3;

export interface ChunkedFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** The chunk's bytes, checked against its hash. */
  readonly readChunk: (index: number) => Promise<Uint8Array>;
  /** Told once for each chunk, however often it is read. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

export function chunkedSource({ name, sizeBytes, readChunk, onBytes }: ChunkedFile): ByteSource {
  const held = new Map<number, Uint8Array>();
  const told = new Set<number>();

  const chunk = async (index: number): Promise<Uint8Array> => {
    const bytes = held.get(index) ?? (await readChunk(index));
    // The one that was used last comes last.
    held.delete(index);
    held.set(index, bytes);
    if (held.size > heldChunks) held.delete(held.keys().next().value!);
    if (!told.has(index)) onBytes?.(chunkLength(sizeBytes, index));
    told.add(index);
    return bytes;
  };

  return {
    name,
    sizeBytes,
    read: async (offsetBytes, lengthBytes) => {
      if (!isInside(offsetBytes, lengthBytes, sizeBytes)) throw outside(name, offsetBytes, lengthBytes);
      const out = allocate(lengthBytes);
      for (let done = 0; done < lengthBytes;) {
        const at = offsetBytes + done;
        const bytes = await chunk(Math.floor(at / chunkBytes));
        const start = at % chunkBytes;
        const part = bytes.subarray(start, start + lengthBytes - done);
        if (part.length === 0) throw new AppError('file-corrupt', `${name} is shorter than it was.`);
        out.set(part, done);
        done += part.length;
      }
      return out;
    },
  };
}

function allocate(lengthBytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(lengthBytes);
  } catch (cause) {
    throw new AppError('out-of-memory', `There is no memory for a tensor of ${lengthBytes} bytes.`, {
      cause,
    });
  }
}

/** One of a model's files. Where it cannot be read in pieces it comes as a whole when its first bytes are asked for. Throws `file-not-found`. */
export function sourceOf(
  files: ModelFiles,
  path: string,
  onBytes?: (bytes: number) => void,
  signal?: AbortSignal,
): ByteSource {
  if (files.open) return files.open(path, onBytes, signal);
  const sizeBytes = files.list().find((file) => file.path === path)?.sizeBytes;
  if (sizeBytes === undefined) throw new AppError('file-not-found', `The model has no file ${path}.`);
  let whole: Promise<Uint8Array> | undefined;
  return {
    name: path,
    sizeBytes,
    read: async (offsetBytes, lengthBytes) => {
      if (!isInside(offsetBytes, lengthBytes, sizeBytes)) throw outside(path, offsetBytes, lengthBytes);
      whole ??= files.readBytes(path, onBytes, signal);
      return Uint8Array.from((await whole).subarray(offsetBytes, offsetBytes + lengthBytes));
    },
  };
}

/** A file on disk. Throws `file-unreadable` when it has changed or gone since it was picked. */
export function blobSource(name: string, blob: Blob): ByteSource {
  return {
    name,
    sizeBytes: blob.size,
    read: async (offsetBytes, lengthBytes) => {
      if (!isInside(offsetBytes, lengthBytes, blob.size)) throw outside(name, offsetBytes, lengthBytes);
      try {
        return new Uint8Array(await blob.slice(offsetBytes, offsetBytes + lengthBytes).arrayBuffer());
      } catch (cause) {
        throw new AppError('file-unreadable', `${name} could not be read.`, { cause });
      }
    },
  };
}
