import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBadOutput, isFlatImage, toPlanes, toRgbaImage } from './pixels.ts';

const bytes = (...values: number[]) => Uint8ClampedArray.from(values);

describe('pixels', () => {
  it('rounds 127.5 to the even neighbour and clamps', () => {
    const planes = Float32Array.of(0, -5, 5);
    expect(toRgbaImage(planes, 1, 1).data).toEqual(bytes(128, 0, 255, 255));
  });

  it('gives every opaque picture back', () => {
    const pictures = fc.record({
      width: fc.integer({ min: 1, max: 9 }),
      height: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(
        pictures,
        fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
        ({ width, height }, stream) => {
          const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) =>
            at % 4 === 3 ? 255 : Number(stream.next().value),
          );
          expect(toRgbaImage(toPlanes({ width, height, data }), width, height)).toEqual({
            width,
            height,
            data,
          });
        },
      ),
    );
  });

  it('puts colours into planes, row by row', () => {
    const data = bytes(255, 0, 0, 255, 0, 255, 0, 255);
    expect(toPlanes({ width: 2, height: 1, data })).toEqual(Float32Array.of(1, -1, -1, 1, -1, -1));
  });

  it('shows transparent parts on white', () => {
    expect(toPlanes({ width: 1, height: 1, data: bytes(0, 0, 0, 0) })).toEqual(Float32Array.of(1, 1, 1));
  });

  it('knows bad output', () => {
    expect(isBadOutput(Float32Array.of(0, 1, NaN))).toBe(true);
    expect(isBadOutput(Float32Array.of(0, 1, Infinity))).toBe(true);
    expect(isBadOutput(Float32Array.of(NaN, NaN))).toBe(true);
    expect(isBadOutput(Float32Array.of(0.5, 0.5, 0.5))).toBe(true);
    expect(isBadOutput(Float32Array.of(0, 0, 1))).toBe(false);
  });

  it('knows a picture of one colour', () => {
    expect(isFlatImage({ width: 2, height: 1, data: bytes(1, 2, 3, 255, 1, 2, 3, 255) })).toBe(true);
    expect(isFlatImage({ width: 2, height: 1, data: bytes(1, 2, 3, 255, 1, 2, 4, 255) })).toBe(false);
  });
});
