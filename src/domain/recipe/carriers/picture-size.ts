/** A picture's size by its head, without decoding it: a small file may unpack to gigabytes. */
import { decodeLatin1 } from '../text-bytes.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** So many bytes are enough, but for a JPEG with more than that before its frame. */
export const headBytes = 512 * 1024;

/** Null where the head is of no kind that is known here, or is cut off. */
export function pictureSize(head: Uint8Array): PictureSize | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    return readers.map((read) => read(head, view)).find((size) => size !== null) ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null; // Cut off.
    throw error;
  }
}

type Read = (head: Uint8Array, view: DataView) => PictureSize | null;

const says = (head: Uint8Array, at: number, text: string) =>
  decodeLatin1(head.subarray(at, at + text.length)) === text;

const readPng: Read = (head, view) =>
  says(head, 1, 'PNG\r\n') ? { width: view.getUint32(16), height: view.getUint32(20) } : null;

const readGif: Read = (head, view) =>
  says(head, 0, 'GIF8') ? { width: view.getUint16(6, true), height: view.getUint16(8, true) } : null;

const readWebp: Read = (head, view) => {
  if (!says(head, 0, 'RIFF') || !says(head, 8, 'WEBP')) return null;
  const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  if (says(head, 12, 'VP8X')) return { width: three(24) + 1, height: three(27) + 1 };
  if (says(head, 12, 'VP8 '))
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
};

/** The first frame header that is met (ITU T.81, B.2.2). */
const readJpeg: Read = (_, view) => {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return null;
};

/** AVIF and HEIC: the largest of the sizes that its pictures have (ISO 23008-12, `ispe`). */
const readHeif: Read = (head, view) => {
  if (!says(head, 4, 'ftyp')) return null;
  const sizes: PictureSize[] = [];
  for (let at = head.indexOf(0x69); at >= 0 && at + 16 <= head.length; at = head.indexOf(0x69, at + 1)) {
    if (says(head, at, 'ispe'))
      sizes.push({ width: view.getUint32(at + 8), height: view.getUint32(at + 12) });
  }
  return sizes.sort((a, b) => b.width * b.height - a.width * a.height)[0] ?? null;
};

const readers: readonly Read[] = [readPng, readGif, readWebp, readHeif, readJpeg];
