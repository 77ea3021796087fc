/** A file of tensors, whatever wrote it: the first bytes tell. */
import { AppError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';
import type { WeightFile } from './lazy-tensor.ts';
import { isPng } from '../recipe/png-chunks.ts';
import { readPngEmbedding } from './png-embedding.ts';
import { headerBytes, readSafetensors } from './safetensors.ts';
import { readTorchZip } from './torch-zip.ts';

/**
 * Reads the table of a safetensors file or a PyTorch zip, no tensor; an embedding out of a picture. Executes nothing. Throws `file-corrupt`; `model-unsupported` for files
 * of another form, saying which.
 */
export async function openWeights(source: ByteSource): Promise<WeightFile> {
  const head = await source.read(0, Math.min(source.sizeBytes, 512));
  const other = otherForm(head);
  if (other) throw new AppError('model-unsupported', `${source.name} is ${other}.`);
  if (isPng(head)) return readPngEmbedding(source);
  return isZip(head) ? readTorchZip(source) : readSafetensors(source);
}

const startsWith = (bytes: Uint8Array, start: readonly number[]) =>
  start.every((byte, at) => bytes[at] === byte);

const isZip = (head: Uint8Array) =>
  startsWith(head, [0x50, 0x4b, 3, 4]) || startsWith(head, [0x50, 0x4b, 5, 6]);

function otherForm(head: Uint8Array): string | null {
  // PyTorch's magic number, pickled, stands before what versions before 1.6 wrote.
  if (startsWith(head, [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46])) {
    return 'a legacy PyTorch file (from before version 1.6); save it again with a newer PyTorch, or as safetensors';
  }
  if (startsWith(head.subarray(257), [0x75, 0x73, 0x74, 0x61, 0x72])) {
    return 'a tar archive as PyTorch wrote until 2016; save it again with a newer PyTorch, or as safetensors';
  }
  if (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5) return 'a pickle without tensors';
  if (startsWith(head, [0x47, 0x47, 0x55, 0x46]))
    return 'a GGUF file; this app reads safetensors and PyTorch files';
  if (startsWith(head, [0x89, 0x48, 0x44, 0x46]))
    return 'an HDF5 file; this app reads safetensors and PyTorch files';
  if (isWebPage(head)) return 'a web page';
  if (String.fromCharCode(...head).startsWith('version https://git-lfs')) {
    return 'a pointer to a large file of git, not the file itself';
  }
  return null;
}

const isWebPage = (head: Uint8Array) => /^\s*<(?:!doctype|html|\?xml)/i.test(String.fromCharCode(...head));

/** Where a file's values begin: behind the header of safetensors, at the very start of an archive or a picture. AUTOMATIC1111 hashes a LoRA from there on. */
export async function valuesStart(source: ByteSource): Promise<number> {
  const head = await source.read(0, 8);
  return isZip(head) || isPng(head) ? 0 : 8 + headerBytes(head);
}

/** Several files as one, as an index of shards lists them. Throws `file-corrupt` when two hold the same tensor. */
export function joinWeights(files: readonly WeightFile[]): WeightFile {
  const tensors = new Map(files.flatMap((file) => [...file.tensors]));
  const count = files.reduce((sum, file) => sum + file.tensors.size, 0);
  if (count !== tensors.size) {
    throw new AppError('file-corrupt', 'Two parts of the weights hold tensors of the same name.');
  }
  return { tensors, metadata: new Map(files.flatMap((file) => [...file.metadata])) };
}
