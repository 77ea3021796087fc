/**
 * The records of a zip file (PKWARE APPNOTE 6.3.10, 4.3), for entries that are stored as they are: pictures and films do not get smaller.
 * Sizes and checksums stand before each entry, not behind it, so that no reader has to search the bytes for their end.
 */
import { AppError } from '../../../domain/errors.ts';
import { decodeUtf8, encodeUtf8 } from '../../../domain/recipe/text-bytes.ts';

export interface ZipEntry {
  readonly name: string;
  readonly crc32: number;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  /** Of the local header, from the start of the file. */
  readonly offset: number;
}

export const endRecordBytes = 22;
export const localHeaderBytes = 30;
const centralHeaderBytes = 46;
const maxCommentBytes = 0xffff;
/** Where an end record can begin, counted from the end of the file. */
export const endSearchBytes = endRecordBytes + maxCommentBytes;

const [localSignature, centralSignature, endSignature] = [0x04034b50, 0x02014b50, 0x06054b50];
const version = 20;
const utf8Names = 0x0800;
/** 1 January 1980: the format's zero. The true dates are in the manifest. */
const dosDate = 0x21;
const max32 = 0xffffffff;
const max16 = 0xffff;

export function localHeader(entry: ZipEntry): Uint8Array<ArrayBuffer> {
  const name = encodeUtf8(entry.name);
  const header = new Uint8Array(localHeaderBytes + name.length);
  const view = new DataView(header.buffer);
  view.setUint32(0, localSignature, true);
  writeCommon(view, 4, entry, name.length);
  header.set(name, localHeaderBytes);
  return header;
}

/** The directory of all entries and the end record. Throws `bad-input` beyond the format's 65,535 entries and 4 GiB. */
export function centralDirectory(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const last = entries.at(-1);
  const start = last ? last.offset + localHeader(last).length + last.packedBytes : 0;
  const headers = entries.map(centralHeader);
  const sizeBytes = headers.reduce((sum, header) => sum + header.length, 0);
  if (entries.length > max16 || start + sizeBytes > max32) {
    throw new AppError('bad-input', 'This is too much for one zip file (4 GB): choose fewer works.');
  }
  const directory = new Uint8Array(sizeBytes + endRecordBytes);
  let offset = 0;
  for (const header of headers) {
    directory.set(header, offset);
    offset += header.length;
  }
  const view = new DataView(directory.buffer, offset);
  view.setUint32(0, endSignature, true);
  view.setUint16(8, entries.length, true);
  view.setUint16(10, entries.length, true);
  view.setUint32(12, sizeBytes, true);
  view.setUint32(16, start, true);
  return directory;
}

function centralHeader(entry: ZipEntry): Uint8Array<ArrayBuffer> {
  const name = encodeUtf8(entry.name);
  const header = new Uint8Array(centralHeaderBytes + name.length);
  const view = new DataView(header.buffer);
  view.setUint32(0, centralSignature, true);
  view.setUint16(4, version, true);
  writeCommon(view, 6, entry, name.length);
  view.setUint32(42, entry.offset, true);
  header.set(name, centralHeaderBytes);
  return header;
}

/** What local and central headers share, from "version needed" to the length of the name. */
function writeCommon(view: DataView, at: number, entry: ZipEntry, nameBytes: number): void {
  view.setUint16(at, version, true);
  view.setUint16(at + 2, utf8Names, true);
  view.setUint16(at + 4, entry.method, true);
  view.setUint16(at + 8, dosDate, true);
  view.setUint32(at + 10, entry.crc32, true);
  view.setUint32(at + 14, entry.packedBytes, true);
  view.setUint32(at + 18, entry.sizeBytes, true);
  view.setUint16(at + 22, nameBytes, true);
}

/** Where the directory lies, from the last `endSearchBytes` of the file. Throws `file-corrupt` when this is no (whole) zip. */
export function readEndRecord(tail: Uint8Array): { offset: number; sizeBytes: number } {
  const view = viewOf(tail);
  for (let at = tail.length - endRecordBytes; at >= 0; at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    if (at + endRecordBytes + view.getUint16(at + 20, true) !== tail.length) continue;
    return { offset: view.getUint32(at + 16, true), sizeBytes: view.getUint32(at + 12, true) };
  }
  throw new AppError('file-corrupt', 'The file is not a zip file, or was cut off.');
}

/** Throws `file-corrupt`. */
export function readCentralDirectory(directory: Uint8Array): ZipEntry[] {
  const view = viewOf(directory);
  const entries: ZipEntry[] = [];
  for (let at = 0; at < directory.length;) {
    const whole = at + centralHeaderBytes <= directory.length;
    if (!whole || view.getUint32(at, true) !== centralSignature) {
      throw new AppError('file-corrupt', 'The directory of the zip file is damaged.');
    }
    const nameBytes = view.getUint16(at + 28, true);
    const nameStart = at + centralHeaderBytes;
    entries.push({
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      sizeBytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
      name: decodeUtf8(directory.subarray(nameStart, nameStart + nameBytes)),
    });
    at = nameStart + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** How far behind the start of the local header the entry's bytes begin. Throws `file-corrupt`. */
export function dataOffset(header: Uint8Array): number {
  const view = viewOf(header);
  if (header.length < localHeaderBytes || view.getUint32(0, true) !== localSignature) {
    throw new AppError('file-corrupt', 'An entry of the zip file is damaged.');
  }
  return localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true);
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
