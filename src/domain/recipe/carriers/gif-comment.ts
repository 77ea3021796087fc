/** A GIF's comments (https://www.w3.org/Graphics/GIF/spec-gif89a.txt, 24). */
import { decodeLatin1, decodeLoosely } from '../text-bytes.ts';

export const isGif = (file: Uint8Array) => /^GIF8[79]a$/.test(decodeLatin1(file.subarray(0, 6)));

const marks = { extension: 0x21, comment: 0xfe, image: 0x2c } as const;

/** In order; what comes before the damage, where the file is cut off. */
export function gifComments(file: Uint8Array): readonly string[] {
  const comments: string[] = [];
  let at = 13 + tableBytes(file[10] ?? 0);
  while (file[at] === marks.extension || file[at] === marks.image) {
    const isComment = file[at] === marks.extension && file[at + 1] === marks.comment;
    const start = file[at] === marks.extension ? at + 2 : at + 11 + tableBytes(file[at + 9] ?? 0);
    const { data, end } = subBlocks(file, start, isComment);
    if (isComment) comments.push(decodeLoosely(Uint8Array.from(data)));
    at = end;
  }
  return comments;
}

const tableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

function subBlocks(file: Uint8Array, start: number, keep: boolean): { data: readonly number[]; end: number } {
  const data: number[] = [];
  let at = start;
  for (let length = file[at] ?? 0; length > 0; length = file[at] ?? 0) {
    if (keep) for (const byte of file.subarray(at + 1, at + 1 + length)) data.push(byte);
    at += length + 1;
  }
  return { data, end: at + 1 };
}
