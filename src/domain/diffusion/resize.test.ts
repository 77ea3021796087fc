import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RgbaImage } from './image.ts';
import { coverAndCrop } from './resize.ts';

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
});
