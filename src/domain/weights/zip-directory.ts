/**
 * The table of a zip archive whose entries are stored as they are, which is all that PyTorch writes (PKWARE's APPNOTE 4.3 and 4.5.3: Zip64
 * for files beyond 4 GB). Nothing is ever inflated, so that nothing can swell.
 */
import { AppError } from '../errors.ts';
import { decodeUtf8 } from '../recipe/text-bytes.ts';
import { isInside, type ByteSource } from './byte-source.ts';

export interface ZipEntry {
  readonly name: string;
  readonly sizeBytes: number;
  /** Of its local header. */
  readonly headerOffset: number;
}

export interface ZipDirectory {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** Where an entry's bytes begin. Throws `file-corrupt`. */
  dataOffset(entry: ZipEntry): Promise<number>;
}

/** A thousand tensors need 100 KB. */
const directoryLimitBytes = 16 * 2 ** 20;

/** Throws `file-corrupt`, also for compressed or encrypted entries. */
export async function readZipDirectory(source: ByteSource): Promise<ZipDirectory> {
  const { offset, sizeBytes, count } = await findDirectory(source);
  if (sizeBytes > directoryLimitBytes || !isInside(offset, sizeBytes, source.sizeBytes)) {
    throw invalid(source, 'its table lies outside of it');
  }
  const view = viewOf(await source.read(offset, sizeBytes));
  const entries = readEntries(source, view, count);
  refuseOverlaps(source, [...entries.values()], offset);
  return { entries, dataOffset: (entry) => dataOffset(source, entry) };
}

interface DirectoryPlace {
  readonly offset: number;
  readonly sizeBytes: number;
  readonly count: number;
}

const viewOf = (bytes: Uint8Array<ArrayBuffer>) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const unset32 = 0xffffffff;

async function findDirectory(source: ByteSource): Promise<DirectoryPlace> {
  // The last record has a comment of at most 65,535 bytes; Zip64's locator stands before it.
  const tailBytes = Math.min(source.sizeBytes, 22 + 0xffff + 20);
  const tailStart = source.sizeBytes - tailBytes;
  const tail = viewOf(await source.read(tailStart, tailBytes));
  for (let at = tailBytes - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== 0x06054b50) continue;
    const place = {
      count: tail.getUint16(at + 10, true),
      sizeBytes: tail.getUint32(at + 12, true),
      offset: tail.getUint32(at + 16, true),
    };
    const isZip64 = at >= 20 && tail.getUint32(at - 20, true) === 0x07064b50;
    return isZip64 ? readZip64(source, uint64(tail, at - 12)) : place;
  }
  throw invalid(source, 'its end, where the table is, is missing: it is cut short');
}

async function readZip64(source: ByteSource, offset: number): Promise<DirectoryPlace> {
  if (!isInside(offset, 56, source.sizeBytes)) throw invalid(source, 'its table lies outside of it');
  const view = viewOf(await source.read(offset, 56));
  if (view.getUint32(0, true) !== 0x06064b50) throw invalid(source, 'its table is not where it says');
  return { count: uint64(view, 32), sizeBytes: uint64(view, 40), offset: uint64(view, 48) };
}

/** Exact up to 2^53; larger ones lie outside of any file. */
const uint64 = (view: DataView, at: number) =>
  view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;

function readEntries(source: ByteSource, view: DataView<ArrayBuffer>, count: number): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) {
      throw invalid(source, 'its table is damaged');
    }
    const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const [nameLength = 0, extraLength = 0, commentLength = 0] = lengths;
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > view.byteLength) throw invalid(source, 'its table is damaged');
    const entry = readEntry(source, view, at, nameLength, extraLength);
    if (entries.has(entry.name)) throw invalid(source, `it holds ${entry.name} twice`);
    entries.set(entry.name, entry);
    at = next;
  }
  return entries;
}

function readEntry(
  source: ByteSource,
  view: DataView<ArrayBuffer>,
  at: number,
  nameLength: number,
  extraLength: number,
): ZipEntry {
  const name = decodeUtf8(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength));
  if (view.getUint16(at + 8, true) & 1) throw invalid(source, `${name} in it is encrypted`);
  if (view.getUint16(at + 10, true) !== 0) {
    throw invalid(source, `${name} in it is compressed, which PyTorch never does`);
  }
  const wide = wideFields(view, at + 46 + nameLength, extraLength);
  const field = (offset: number) => {
    const value = view.getUint32(at + offset, true);
    return value === unset32 ? (wide.shift() ?? value) : value;
  };
  const sizeBytes = field(24);
  const storedBytes = field(20);
  if (sizeBytes !== storedBytes) throw invalid(source, `${name} in it has two sizes`);
  return { name, sizeBytes, headerOffset: field(42) };
}

/** Zip64's extra field: what the plain fields cannot hold, in their order. */
function wideFields(view: DataView, start: number, length: number): number[] {
  for (let at = start; at + 4 <= start + length;) {
    const size = view.getUint16(at + 2, true);
    const end = Math.min(at + 4 + size, start + length);
    if (view.getUint16(at, true) === 1) {
      const count = Math.floor((end - at - 4) / 8);
      return Array.from({ length: count }, (_, i) => uint64(view, at + 4 + 8 * i));
    }
    at += 4 + size;
  }
  return [];
}

/** Each byte belongs to one entry, so that a small file cannot be many large ones. */
function refuseOverlaps(source: ByteSource, entries: readonly ZipEntry[], directoryOffset: number): void {
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.headerOffset - b.headerOffset)) {
    if (entry.headerOffset < end) throw invalid(source, `${entry.name} in it overlaps another`);
    end = entry.headerOffset + 30 + entry.sizeBytes;
    if (end > directoryOffset) throw invalid(source, `${entry.name} ends outside of it`);
  }
}

async function dataOffset(source: ByteSource, { name, sizeBytes, headerOffset }: ZipEntry): Promise<number> {
  const view = viewOf(await source.read(headerOffset, 30));
  const start = headerOffset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  const right = view.getUint32(0, true) === 0x04034b50;
  if (!right || !isInside(start, sizeBytes, source.sizeBytes)) {
    throw invalid(source, `${name} is not where its table says`);
  }
  return start;
}

function invalid({ name }: ByteSource, what: string): AppError {
  return new AppError('file-corrupt', `${name} is no whole PyTorch file: ${what}.`);
}
