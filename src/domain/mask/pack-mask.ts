/** Masks as few bytes: runs of one value, each as the value and its length, seven bits a byte, the lowest first. */
import { AppError } from '../errors.ts';
import { emptyMask, type Mask } from './mask.ts';

const more = 0x80;

export function packMask({ data }: Mask): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < data.length;) {
    const value = data[at]!;
    let end = at + 1;
    while (end < data.length && data[end] === value) end++;
    bytes.push(value);
    for (let length = end - at; length > 0; length >>>= 7)
      bytes.push((length % more) | (length >= more ? more : 0));
    at = end;
  }
  return Uint8Array.from(bytes);
}

/** Throws `file-corrupt` for what is no mask of that size. */
export function unpackMask(packed: Uint8Array, width: number, height: number): Mask {
  const mask = emptyMask(width, height);
  let [at, filled] = [0, 0];
  while (at < packed.length && filled < mask.data.length) {
    const value = packed[at++]!;
    let length = 0;
    for (let place = 1; ; place *= more) {
      const byte = packed[at++] ?? 0;
      length += (byte % more) * place;
      if (byte < more) break;
    }
    mask.data.fill(value, filled, filled + length);
    filled += length;
  }
  if (at !== packed.length || filled !== mask.data.length) {
    throw new AppError('file-corrupt', `This is no mask of ${width} × ${height} pixels.`);
  }
  return mask;
}
