import { deflateSync, inflateSync } from 'node:zlib';
import { makeChunk, pngChunks } from '../domain/recipe/png-chunks.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** A real PNG of grey ramps (or of what `grey` says), 8 bits RGB, with `extra` chunks between header and pixels. */
export function makePng(
  width = 8,
  height = 8,
  extra: readonly Uint8Array[] = [],
  grey?: (x: number, y: number) => number,
): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 2, 0, 0, 0], 8);
  const rowBytes = 1 + width * 3;
  const rows = Uint8Array.from({ length: rowBytes * height }, (_, i) => {
    if (i % rowBytes === 0) return 0;
    return grey ? grey(Math.floor(((i % rowBytes) - 1) / 3), Math.floor(i / rowBytes)) : i % 251;
  });
  const idat = makeChunk('IDAT', deflateSync(rows));
  return joinBytes([
    signature,
    makeChunk('IHDR', header),
    ...extra,
    idat,
    makeChunk('IEND', new Uint8Array()),
  ]);
}

/** Red, green and blue of a PNG of three channels of 8 bits, by the letter of the specification's 9.2. [height, width, 3] */
export function readRgb(file: Uint8Array): Uint8Array {
  const chunks = pngChunks(file);
  const data = (type: string) =>
    joinBytes(chunks.filter((chunk) => chunk.type === type).map((chunk) => chunk.data));
  const header = new DataView(data('IHDR').slice().buffer);
  const [width, height] = [header.getUint32(0), header.getUint32(4)];
  const raw = inflateSync(data('IDAT'));
  const rowBytes = width * 3;
  const out = new Uint8Array(rowBytes * height);
  const at = (x: number, y: number) => (x < 0 || y < 0 ? 0 : out[y * rowBytes + x]!);
  for (let y = 0; y < height; y++) {
    const type = raw[y * (1 + rowBytes)]!;
    for (let x = 0; x < rowBytes; x++) {
      const [a, b, c] = [at(x - 3, y), at(x, y - 1), x < 3 ? 0 : at(x - 3, y - 1)];
      const apart = [a, b, c].map((value) => Math.abs(a + b - c - value));
      const paeth = [a, b, c][apart.indexOf(Math.min(...apart))]!;
      const predicted = [0, a, b, Math.floor((a + b) / 2), paeth][type]!;
      out[y * rowBytes + x] = raw[y * (1 + rowBytes) + 1 + x]! + predicted;
    }
  }
  return out;
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
