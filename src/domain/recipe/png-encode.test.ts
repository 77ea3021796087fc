import fc from 'fast-check';
import { deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { RgbaImage } from '../diffusion/image/image.ts';
import { pngChunks, isIntact } from './png-chunks.ts';
import { filteredRows, isOpaque, opaquePng } from './png-encode.ts';

/** Noise, ramps and flat parts, so that every filter is the best one somewhere. */
const anyImage = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 20 }), fc.nat({ max: 2 ** 31 }))
  .map(([width, height, seed]): RgbaImage => {
    const data = new Uint8ClampedArray(width * height * 4);
    let state = seed;
    for (let at = 0; at < data.length; at++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
      const kinds = [x * 5, y * 7, x * 3 + y * 2, state >>> 24, 77];
      data[at] = at % 4 === 3 ? 255 : kinds[Math.floor(y / 4) % kinds.length]! & 255;
    }
    return { width, height, data };
  });

const fileOf = (image: RgbaImage, stripRows: number) => {
  const rows = filteredRows(image);
  for (let y = 0; y < image.height; y += stripRows) rows.add(stripRows);
  return opaquePng(image, deflateSync(rows.bytes));
};

/** By the letter of the specification's 9.2, for three channels of 8 bits. */
function decoded(file: Uint8Array): Uint8ClampedArray {
  const chunk = (type: string) => pngChunks(file).find((each) => each.type === type)!.data;
  const header = new DataView(chunk('IHDR').slice().buffer);
  const [width, height] = [header.getUint32(0), header.getUint32(4)];
  const raw = inflateSync(chunk('IDAT'));
  const out = new Uint8ClampedArray(width * height * 4).fill(255);
  const at = (x: number, y: number, c: number) => (x < 0 || y < 0 ? 0 : out[(y * width + x) * 4 + c]!);
  for (let y = 0; y < height; y++) {
    const type = raw[y * (1 + width * 3)]!;
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        const [a, b, d] = [at(x - 1, y, c), at(x, y - 1, c), at(x - 1, y - 1, c)];
        const p = a + b - d;
        const [pa, pb, pd] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - d)];
        const paeth = pa <= pb && pa <= pd ? a : pb <= pd ? b : d;
        const predicted = [0, a, b, Math.floor((a + b) / 2), paeth][type]!;
        out[(y * width + x) * 4 + c] = (raw[y * (1 + width * 3) + 1 + x * 3 + c]! + predicted) & 255;
      }
    }
  }
  return out;
}

test('what is not transparent becomes three channels that a reader gets back as they were', () => {
  fc.assert(
    fc.property(anyImage, fc.integer({ min: 1, max: 7 }), (image, stripRows) => {
      const file = fileOf(image, stripRows);
      const chunks = pngChunks(file);
      expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
      expect(chunks.every((chunk) => isIntact(file, chunk))).toBe(true);
      expect([...chunks[0]!.data.subarray(8)]).toEqual([8, 2, 0, 0, 0]);
      expect(Buffer.from(decoded(file)).equals(Buffer.from(image.data))).toBe(true);
    }),
  );
});

test('one transparent pixel is noticed', () => {
  const image = { width: 2, height: 2, data: new Uint8ClampedArray(16).fill(255) };
  expect(isOpaque(image)).toBe(true);
  image.data[15] = 254;
  expect(isOpaque(image)).toBe(false);
});

test('a ramp takes next to nothing', () => {
  const [width, height] = [256, 256];
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) =>
    at % 4 === 3 ? 255 : (at >> 2) % width,
  );
  expect(fileOf({ width, height, data }, 100).length).toBeLessThan(2000);
});
