/** A PNG of three channels (PNG specification, third edition: 7.2 scanlines, 9 filtering): browsers write four, also where nothing is transparent. */
import type { RgbaImage } from '../diffusion/image/image.ts';
import { joinBytes, makeChunk, pngSignature } from './png-chunks.ts';

export const isOpaque = ({ data }: RgbaImage): boolean => {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
};

/** What is deflated: each row's filter, then its red, green and blue as that filter leaves them. */
export interface PngRows {
  /** Filters the next `count` rows; none are left after the last. */
  add(count: number): void;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const channels = 3;

/** Row by row, so that whoever has other things to do can see to them in between. Transparency is left out. */
export function filteredRows({ data, width, height }: RgbaImage): PngRows {
  const lineBytes = 1 + width * channels;
  const bytes = new Uint8Array(lineBytes * height);
  const filter = createRowFilter(width);
  let y = 0;
  return {
    bytes,
    add: (count) => {
      const end = Math.min(height, y + count);
      bytes.set(filter(data.subarray(y * width * 4, end * width * 4)), y * lineBytes);
      y = end;
    },
  };
}

/** Whole rows of RGBA, from the top, a few at a time; each call goes on where the last one ended. */
export function createRowFilter(width: number): (rgba: Uint8ClampedArray) => Uint8Array<ArrayBuffer> {
  const rowBytes = width * channels;
  // Before the first pixel, and above the first row, all is 0.
  let above = new Uint8Array(channels + rowBytes);
  let row = new Uint8Array(channels + rowBytes);
  const tried = filters.map(() => new Uint8Array(rowBytes));
  return (rgba) => {
    const count = rgba.length / (width * 4);
    const bytes = new Uint8Array((1 + rowBytes) * count);
    for (let y = 0; y < count; y++) {
      readRow(rgba, y * width * 4, row);
      const best = leastFilter(row, above, tried);
      bytes[y * (1 + rowBytes)] = filters[best]!.type;
      bytes.set(tried[best]!, y * (1 + rowBytes) + 1);
      [above, row] = [row, above];
    }
    return bytes;
  };
}

function readRow(data: Uint8ClampedArray, from: number, row: Uint8Array): void {
  for (let to = channels, at = from; to < row.length; at += 4, to += channels) {
    row[to] = data[at]!;
    row[to + 1] = data[at + 1]!;
    row[to + 2] = data[at + 2]!;
  }
}

type Predictor = (left: number, up: number, upLeft: number) => number;

/** The three of the five that pictures gain from. */
const filters: readonly { readonly type: number; readonly predict: Predictor }[] = [
  { type: 1, predict: (left) => left },
  { type: 2, predict: (_left, up) => up },
  { type: 4, predict: paeth },
];

function paeth(left: number, up: number, upLeft: number): number {
  const toLeft = Math.abs(up - upLeft);
  const toUp = Math.abs(left - upLeft);
  const toUpLeft = Math.abs(left + up - 2 * upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

/** By the least sum of what is left, read as signed (the specification's advice, 12.7). */
function leastFilter(row: Uint8Array, above: Uint8Array, tried: readonly Uint8Array[]): number {
  const sums = filters.map(({ predict }, index) => {
    const out = tried[index]!;
    let sum = 0;
    for (let to = 0, at = channels; at < row.length; at++, to++) {
      const left = (row[at]! - predict(row[to]!, above[at]!, above[to]!)) & 255;
      out[to] = left;
      sum += left < 128 ? left : 256 - left;
    }
    return sum;
  });
  return sums.indexOf(Math.min(...sums));
}

type PngSize = Pick<RgbaImage, 'width' | 'height'>;

/** The file around the rows, once a zlib stream has been made of them. */
export function opaquePng(size: PngSize, zlib: Uint8Array): Uint8Array<ArrayBuffer> {
  return joinBytes([pngHead(size), makeChunk('IDAT', zlib), pngEnd()]);
}

/** Signature and header. Texts may follow, then the zlib stream in chunks (`IDAT`), then `pngEnd`. */
export function pngHead({ width, height }: PngSize): Uint8Array<ArrayBuffer> {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8); // bits a channel
  header.setUint8(9, 2); // red, green, blue
  return joinBytes([pngSignature, makeChunk('IHDR', new Uint8Array(header.buffer))]);
}

export const pngEnd = () => makeChunk('IEND', new Uint8Array());
