/**
 * safetensors: 8 bytes of header length, a JSON header, then the values. https://github.com/huggingface/safetensors#format: nothing may
 * overlap and no byte may be left over; where the values begin and each tensor lies may be any address, aligned or not.
 */
import { AppError } from '../errors.ts';
import { decodeUtf8 } from '../recipe/text-bytes.ts';
import type { ByteSource } from './byte-source.ts';
import { elementBytes, elementCount, isDType, type LazyTensor, type WeightFile } from './lazy-tensor.ts';
import { storedTensor } from './stored-tensor.ts';

/** The largest checkpoints have headers of some 300 KB. */
const headerLimitBytes = 16 * 2 ** 20;

interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** Throws `file-corrupt`. */
export async function readSafetensors(source: ByteSource): Promise<WeightFile> {
  const { json, dataStart } = await readHeader(source);
  const { __metadata__: metadata, ...tensors } = json;
  const entries = Object.entries(tensors).map(([name, value]) => entryOf(source, name, value));
  refuseHoles(source, entries, source.sizeBytes - dataStart);
  return {
    tensors: new Map(entries.map((entry) => [entry.name, tensorOf(source, entry, dataStart)])),
    metadata: metadataOf(source, metadata),
  };
}

async function readHeader(source: ByteSource): Promise<{ json: Record<string, unknown>; dataStart: number }> {
  if (source.sizeBytes < 8) throw invalid(source, 'it is shorter than any safetensors file');
  const length = headerBytes(await source.read(0, 8));
  if (length > source.sizeBytes - 8) {
    throw invalid(source, 'it is cut short, or no safetensors file: its header would be longer than it');
  }
  if (length > headerLimitBytes) throw invalid(source, `its header claims to be ${length} bytes long`);
  const json = parseObject(decodeUtf8(await source.read(8, length)));
  if (!json) throw invalid(source, 'its header is no JSON object');
  return { json, dataStart: 8 + length };
}

/** Of the first eight bytes; exact up to 2^53, and no file is longer. */
export function headerBytes({ buffer, byteOffset }: Uint8Array): number {
  const head = new DataView(buffer, byteOffset, 8);
  return head.getUint32(0, true) + head.getUint32(4, true) * 2 ** 32;
}

function parseObject(text: string): Record<string, unknown> | null {
  if (!text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function entryOf(source: ByteSource, name: string, value: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  if (typeof dtype !== 'string' || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) {
    throw invalid(source, `its entry for ${name} is none`);
  }
  return { name, dtype, shape, begin: offsets[0]!, end: offsets[1]! };
}

const isSizes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && (each as number) >= 0);

function refuseHoles(source: ByteSource, entries: readonly Entry[], dataBytes: number): void {
  let at = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < at) throw invalid(source, `the values of ${name} overlap others`);
    if (begin > at) throw invalid(source, `there is a hole of ${begin - at} bytes before ${name}`);
    if (end < begin || end > dataBytes) throw invalid(source, `${name} ends outside of it: it is cut short`);
    at = end;
  }
  if (at !== dataBytes) throw invalid(source, `${dataBytes - at} bytes at its end belong to nothing`);
}

function tensorOf(source: ByteSource, entry: Entry, dataStart: number): LazyTensor {
  const { name, dtype, shape, begin, end } = entry;
  if (!isDType(dtype)) throw invalid(source, `${name} has the type ${dtype}, which is not read here`);
  const count = elementCount(shape);
  if (!Number.isSafeInteger(count) || count * elementBytes(dtype) !== end - begin) {
    throw invalid(source, `${name} has ${end - begin} bytes for ${shape.join(' × ')} values of ${dtype}`);
  }
  return storedTensor({ name, dtype, shape, source, offsetBytes: () => Promise.resolve(dataStart + begin) });
}

function metadataOf(source: ByteSource, metadata: unknown): ReadonlyMap<string, string> {
  if (metadata === undefined) return new Map();
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw invalid(source, 'its metadata is no table of texts');
  }
  const entries = Object.entries(metadata as Record<string, unknown>);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
    throw invalid(source, 'its metadata holds something that is no text');
  }
  return new Map(entries);
}

function invalid({ name }: ByteSource, what: string): AppError {
  return new AppError('file-corrupt', `${name} is no valid safetensors file: ${what}.`);
}
