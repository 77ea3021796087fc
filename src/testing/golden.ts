/** Reference values for tests. `GOLDEN_DIR` chooses another folder of the same form; see e2e/golden/README.md. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ownFolder = join(import.meta.dirname, '../../e2e/golden');
const chosenFolder = process.env['GOLDEN_DIR'] ?? ownFolder;

/** A file or folder among the reference values. What the chosen folder does not have (the miniature, say) is the project's own. */
export function goldenPath(name: string): string {
  const chosen = join(chosenFolder, name);
  return existsSync(chosen) ? chosen : join(ownFolder, name);
}

export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** Python writes `-Infinity`, which is not JSON; a number too large for a double reads as the same. */
export function goldenJson<T>(name: string): T {
  const text = readFileSync(goldenPath(name), 'utf8').replaceAll(/: (-?)Infinity/g, ': $11e999');
  return JSON.parse(text) as T;
}

/** Reads a safetensors file: an 8-byte little-endian header length, a JSON header, then the raw values. */
export function goldenTensors(name: string): ReadonlyMap<string, GoldenTensor> {
  const file = readFileSync(goldenPath(name));
  const headerBytes = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, 8 + headerBytes)) as Record<string, TensorHeader>;
  const start = 8 + headerBytes;
  const entries = Object.entries(header).filter(([key]) => key !== '__metadata__');
  return new Map(entries.map(([key, tensor]) => [key, readTensor(file, start, tensor)]));
}

interface TensorHeader {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function readTensor(file: Buffer, start: number, { dtype, shape, data_offsets }: TensorHeader): GoldenTensor {
  const [from, to] = data_offsets;
  const bytes = Uint8Array.prototype.slice.call(file, start + from, start + to).buffer;
  if (dtype === 'F32') return { shape, data: new Float32Array(bytes) };
  if (dtype === 'I32') return { shape, data: new Int32Array(bytes) };
  if (dtype === 'U16') return { shape, data: Int32Array.from(new Uint16Array(bytes)) };
  if (dtype === 'U8') return { shape, data: Int32Array.from(new Uint8Array(bytes)) };
  throw new Error(`${dtype} is not read here`);
}
