/** Files with an Exif block, as small as readers take them: what programs write in many ways, for properties. */
import { makeChunk } from '../domain/recipe/png-chunks.ts';
import { joinWebp } from '../domain/recipe/carriers/webp.ts';
import { joinBytes, makePng } from './png.ts';

export interface ExifPlace {
  /** Little-endian. */
  readonly little: boolean;
  /** Some programs put the comment into the first directory, where it does not belong. */
  readonly inFirst: boolean;
}

const userComment = 0x9286;
const exifPointer = 0x8769;

/** TIFF with one UserComment (https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2019-E). */
export function exifBlock(comment: Uint8Array, { little, inFirst }: ExifPlace): Uint8Array {
  const entriesEnd = 8 + 2 + 12 + 4;
  const commentAt = inFirst ? entriesEnd : entriesEnd + 2 + 12 + 4;
  const block = new Uint8Array(commentAt + comment.length);
  const view = new DataView(block.buffer);
  view.setUint16(0, little ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    view.setUint16(at, 1, little);
    view.setUint16(at + 2, tag, little);
    view.setUint16(at + 4, type, little);
    view.setUint32(at + 6, count, little);
    view.setUint32(at + 10, value, little);
  };
  const comments = [userComment, 7, comment.length, commentAt] as const;
  if (inFirst) entry(8, ...comments);
  else {
    entry(8, exifPointer, 4, 1, entriesEnd);
    entry(entriesEnd, ...comments);
  }
  block.set(comment, commentAt);
  return block;
}

const letters = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = joinBytes(parts);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, 8 + body.length);
  head.set(letters(type), 4);
  return joinBytes([head, body]);
}

/** By the ending of such a file's name. */
export const exifFiles: Readonly<Record<string, (block: Uint8Array) => Uint8Array>> = {
  jpg: (block) => {
    const body = joinBytes([letters('Exif\0\0'), block]);
    const length = body.length + 2;
    const head = Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 0xff);
    const frame = Uint8Array.of(0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0);
    return joinBytes([head, body, frame, Uint8Array.of(0xff, 0xd9)]);
  },
  webp: (block) =>
    joinWebp([
      { type: 'VP8X', data: Uint8Array.of(8, 0, 0, 0, 7, 0, 0, 7, 0, 0) },
      { type: 'EXIF', data: block },
    ]),
  png: (block) => makePng(8, 8, [makeChunk('eXIf', block)]),
  jxl: (block) =>
    joinBytes([
      Uint8Array.of(0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20, 0x0d, 0x0a, 0x87, 0x0a),
      box('ftyp', letters('jxl \0\0\0\0jxl ')),
      box('Exif', new Uint8Array(4), block),
      box('jxlc', Uint8Array.of(0xff, 0x0a)),
    ]),
};
