import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RgbaImage } from '../diffusion/image/image.ts';
import { fitted, fittings } from './fitting.ts';

const plain = (width: number, height: number, colour: readonly number[]): RgbaImage => ({
  width,
  height,
  data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) => colour[at % 4]!),
});
const at = ({ width, data }: RgbaImage, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];
const orange = [200, 100, 40, 255];

test('a wide picture in an upright frame is cut, barred, or stands before its own blur', () => {
  const wide = plain(40, 20, orange);
  const [fill, fit, blur] = fittings.map((fitting) => fitted(wide, 20, 40, fitting));
  expect(at(fill!, 10, 2)).toEqual(orange);
  expect([at(fit!, 10, 14), at(fit!, 10, 15), at(fit!, 10, 24), at(fit!, 10, 25)]).toEqual([
    [0, 0, 0, 255],
    orange,
    orange,
    [0, 0, 0, 255],
  ]);
  expect(at(blur!, 10, 20)).toEqual(orange);
  expect(at(blur!, 10, 2)).toEqual([110, 55, 22, 255]);
});

test('any picture fills any frame with opaque pixels, and one of its shape is the same either way', () => {
  const side = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(side, side, side, side, fc.constantFrom(...fittings), (w, h, width, height, fitting) => {
      const image = fitted(plain(w, h, orange), width, height, fitting);
      expect([image.width, image.height, image.data.length]).toEqual([width, height, width * height * 4]);
      expect(image.data.every((value, index) => index % 4 !== 3 || value === 255)).toBe(true);
      expect(fitted(plain(w, h, orange), w, h, fitting).data).toEqual(plain(w, h, orange).data);
    }),
  );
});
