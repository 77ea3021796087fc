/** WebP's container: RIFF chunks, each padded to an even length (https://developers.google.com/speed/webp/docs/riff_container). */
import { decodeLatin1 } from '../text-bytes.ts';

const isWebp = (file: Uint8Array) =>
  decodeLatin1(file.subarray(0, 4)) === 'RIFF' && decodeLatin1(file.subarray(8, 12)) === 'WEBP';

export interface RiffChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

const headBytes = 8;

/** All whole chunks, in order. */
export function webpChunks(file: Uint8Array): readonly RiffChunk[] {
  const chunks: RiffChunk[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 12; at + headBytes <= file.length;) {
    const length = view.getUint32(at + 4, true);
    const end = at + headBytes + length;
    if (end > file.length) break;
    chunks.push({ type: decodeLatin1(file.subarray(at, at + 4)), data: file.subarray(at + headBytes, end) });
    at = end + (length % 2);
  }
  return chunks;
}

export function joinWebp(chunks: readonly RiffChunk[]): Uint8Array<ArrayBuffer> {
  const size = chunks.reduce((sum, { data }) => sum + headBytes + data.length + (data.length % 2), 12);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  const write = (at: number, text: string) =>
    file.set(
      [...text].map((letter) => letter.charCodeAt(0)),
      at,
    );
  write(0, 'RIFF');
  view.setUint32(4, size - headBytes, true);
  write(8, 'WEBP');
  let at = 12;
  for (const { type, data } of chunks) {
    write(at, type);
    view.setUint32(at + 4, data.length, true);
    file.set(data, at + headBytes);
    at += headBytes + data.length + (data.length % 2);
  }
  return file;
}

const jpegMark = 'Exif\0\0';

/** Animated WebP of ComfyUI has JPEG's mark before its Exif, which readers stumble over. */
export function withoutJpegMark(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (!isWebp(file)) return file;
  const chunks = webpChunks(file);
  const isMarked = ({ type, data }: RiffChunk) =>
    type === 'EXIF' && decodeLatin1(data.subarray(0, 6)) === jpegMark;
  if (!chunks.some(isMarked)) return file;
  return joinWebp(
    chunks.map((chunk) => (isMarked(chunk) ? { ...chunk, data: chunk.data.subarray(6) } : chunk)),
  );
}
