import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RgbaImage } from './image.ts';
import { coverAndCrop, cropInStrips, resizedRows } from './resize.ts';

function draw(
  width: number,
  height: number,
  color: (x: number, y: number) => readonly [number, number, number, number?],
): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [red, green, blue, alpha = 255] = color(pixel % width, Math.floor(pixel / width));
    data.set([red, green, blue, alpha], pixel * 4);
  }
  return { width, height, data };
}

const side = fc.integer({ min: 1, max: 40 });
const byte = fc.integer({ min: 0, max: 255 });

describe('resize', () => {
  it('gives the same pixels at the same size', () => {
    const image = draw(7, 5, (x, y) => [x * 30, y * 50, 9, 40 * x]);
    const same = coverAndCrop(image, 7, 5);
    expect(same).toEqual(image);
    expect(same.data).not.toBe(image.data);
  });

  it('keeps one colour one colour, at every size', () => {
    fc.assert(
      fc.property(side, side, side, side, byte, (fromWidth, fromHeight, width, height, value) => {
        const result = coverAndCrop(
          draw(fromWidth, fromHeight, () => [value, 255 - value, 7]),
          width,
          height,
        );
        expect(result.data).toEqual(draw(width, height, () => [value, 255 - value, 7]).data);
      }),
    );
  });

  it('cuts the sides of a wide picture and does not stretch it', () => {
    // Thirds red, green, blue; a square from the middle third is green.
    const wide = draw(90, 30, (x) => (x < 30 ? [255, 0, 0] : x < 60 ? [0, 255, 0] : [0, 0, 255]));
    const { data } = coverAndCrop(wide, 10, 10);
    const inner = Array.from({ length: 10 }, (_, y) => data.slice((y * 10 + 5) * 4, (y * 10 + 5) * 4 + 4));
    inner.forEach((pixel) => expect(Array.from(pixel)).toEqual([0, 255, 0, 255]));
  });

  it('keeps a circle round', () => {
    const circle = draw(120, 80, (x, y) =>
      Math.hypot(x - 59.5, y - 39.5) < 30 ? [255, 255, 255] : [0, 0, 0],
    );
    const { data } = coverAndCrop(circle, 64, 64);
    const bright = (x: number, y: number) => data[(y * 64 + x) * 4]! > 127;
    const count = (inside: (at: number) => boolean) =>
      Array.from({ length: 64 }, (_, at) => at).filter(inside).length;
    expect(Math.abs(count((x) => bright(x, 32)) - count((y) => bright(32, y)))).toBeLessThanOrEqual(1);
    expect(count((x) => bright(x, 32))).toBeCloseTo(48, -1);
  });

  it('gives the same in strips of any height, and needs no more rows than it says', () => {
    const colors = fc.uint8Array({ minLength: 64, maxLength: 64 });
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        colors,
        side,
        (fromWidth, fromHeight, width, height, some, step) => {
          const at = (x: number, y: number) => some[(x * 7 + y * 13) % 64]!;
          const image = draw(fromWidth, fromHeight, (x, y) => [at(x, y), at(y, x), at(x, x), at(y, y)]);
          const cropping = cropInStrips(image, width, height);
          for (let row = cropping.firstRow; row < cropping.endRow; row += step) {
            const end = Math.min(row + step, cropping.endRow);
            cropping.add(image.data.subarray(row * fromWidth * 4, end * fromWidth * 4), row);
          }
          const whole = cropInStrips(image, width, height);
          whole.add(image.data, 0);
          expect(cropping.result()).toEqual(whole.result());
          expect([cropping.firstRow >= 0, cropping.endRow <= fromHeight]).toEqual([true, true]);
        },
      ),
    );
  });

  it('gives the same opaque pixels at the same size, also in strips', () => {
    const image = draw(9, 6, (x, y) => [x * 28, y * 50, (x * y * 31) % 256]);
    const cropping = cropInStrips(image, 9, 6);
    cropping.add(image.data, 0);
    expect(cropping.result()).toEqual(image);
  });

  it.each([
    [
      24,
      16,
      6,
      4,
      [
        '580870 93218e 766480 76a775 8b528d 6a9895',
        '87138e 7e2c73 8f6f82 71b686 915f8b 5baa86',
        '9f207f 653982 937f83 71b285 8d6670 729280',
        '9b2b78 744387 7e9285 839692 706078 9e7d83',
      ],
    ],
    [
      5,
      4,
      4,
      6,
      [
        '24015a 3f0359 530559 6e0959',
        '29025d 44045e 580660 730a62',
        '320562 4d0768 61096d 7c0d73',
        '390667 540870 680a77 830e80',
        '42096c 5d0b7a 710d84 8c1191',
        '470a6f 620c7f 760e8b 91129a',
      ],
    ],
  ])(
    'gives the bytes that Pillow 12.3 gives: %i × %i → %i × %i',
    (fromWidth, fromHeight, width, height, rows) => {
      // Image.resize((width, height), LANCZOS, box = the largest centred part of that shape)
      const image = draw(fromWidth, fromHeight, (x, y) => [
        (x * 37 + y * 11) % 256,
        (x * x + y * 3) % 256,
        (x * y * 7 + 90) % 256,
      ]);
      const expected = Buffer.from(rows.join('').replaceAll(' ', ''), 'hex');
      const { data } = coverAndCrop(image, width, height);
      expect(Buffer.from(data.filter((_, at) => at % 4 < 3))).toEqual(expected);
    },
  );

  it('averages fine patterns away instead of picking pixels', () => {
    const checks = draw(64, 64, (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
    const { data } = coverAndCrop(checks, 8, 8);
    const reds = Array.from({ length: 64 }, (_, pixel) => data[pixel * 4]!);
    reds.forEach((red) => expect(Math.abs(red - 128)).toBeLessThan(12));
  });

  it('lets no colour bleed out of transparent pixels', () => {
    const half = draw(32, 32, (x) => (x < 16 ? [255, 0, 0, 255] : [0, 255, 0, 0]));
    const { data } = coverAndCrop(half, 9, 9);
    for (let pixel = 0; pixel < 81; pixel++) expect(data[pixel * 4 + 1]).toBe(0);
  });

  it('makes rows apart that are those of the whole picture', () => {
    const image = draw(23, 17, (x, y) => [x * 11, y * 15, (x * y * 37) % 256]);
    for (const scale of [2, 4]) {
      const whole = coverAndCrop(image, 23 * scale, 17 * scale);
      for (const strip of [1, 5, 64]) {
        const rows: number[] = [];
        for (let start = 0; start < 17 * scale; start += strip) {
          const end = Math.min(17 * scale, start + strip);
          rows.push(...resizedRows(image, { width: 23 * scale, height: 17 * scale }, { start, end }).data);
        }
        expect(rows).toEqual([...whole.data]);
      }
    }
  });
});
