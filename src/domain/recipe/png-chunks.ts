/** The container of a PNG: signature, then chunks of length, type, data and CRC (https://www.w3.org/TR/png-3/#5DataRep). */
import { AppError } from '../errors.ts';
import { decodeLatin1, encodeLatin1 } from './text-bytes.ts';

export interface PngChunk {
  /** Four letters. */
  readonly type: string;
  /** A view into the file. */
  readonly data: Uint8Array;
  /** The half-open range of bytes that the whole chunk takes in the file. */
  readonly start: number;
  readonly end: number;
}

export const pngSignature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Length, type and CRC. */
const frameBytes = 12;
/** A file of empty chunks would otherwise fill the memory with their descriptions. */
const maxChunks = 200_000;

export function isPng(file: Uint8Array): boolean {
  return pngSignature.every((byte, index) => file[index] === byte);
}

/** All chunks up to IEND. Throws `not-an-image` without a PNG signature, `file-corrupt` where the file is cut off or out of step. */
export function pngChunks(file: Uint8Array): PngChunk[] {
  return [...walkPng(file)];
}

/** As `pngChunks`, chunk by chunk, so that what comes before the damage can be read. */
export function* walkPng(file: Uint8Array): Generator<PngChunk, void> {
  if (!isPng(file)) throw new AppError('not-an-image', 'The file is not a PNG.');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let start = pngSignature.length;
  for (let type = '', count = 1; type !== 'IEND'; count++) {
    if (count > maxChunks) throw new AppError('file-corrupt', 'The PNG has too many chunks.');
    if (start + frameBytes > file.length) throw cutOff();
    const end = start + frameBytes + view.getUint32(start);
    if (end > file.length) throw cutOff();
    type = decodeLatin1(file.subarray(start + 4, start + 8));
    if (start === pngSignature.length && type !== 'IHDR') {
      throw new AppError('file-corrupt', 'The PNG does not begin with its header.');
    }
    yield { type, data: file.subarray(start + 8, end - 4), start, end };
    start = end;
  }
}

const cutOff = () => new AppError('file-corrupt', 'The PNG is cut off.');

/** Whether the chunk's CRC is right. */
export function isIntact(file: Uint8Array, chunk: PngChunk): boolean {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return view.getUint32(chunk.end - 4) === crc32(file.subarray(chunk.start + 4, chunk.end - 4));
}

/** A whole chunk, ready to be put into a file. */
export function makeChunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(frameBytes + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(encodeLatin1(type), 4);
  chunk.set(data, 8);
  view.setUint32(chunk.length - 4, crc32(chunk.subarray(4, chunk.length - 4)));
  return chunk;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
