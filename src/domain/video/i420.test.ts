import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { i420ByteLength, rgbaToI420, type ColourMatrix } from './i420.ts';

/** Luma's weights of red, green and blue: BT.709-6, item 3.2, and BT.601-7, 2.5.1. */
const weights = { bt709: [0.2126, 0.7152, 0.0722], bt601: [0.299, 0.587, 0.114] } as const;

/** The definition, in floating point: BT.709-6 items 3.2 to 3.4, quantised to 8 bits by item 3.5; BT.601's differs in the weights alone. */
function exact(r: number, g: number, b: number, matrix: ColourMatrix) {
  const [red, green, blue] = [r / 255, g / 255, b / 255];
  const [wr, wg, wb] = weights[matrix];
  const luma = wr * red + wg * green + wb * blue;
  return [
    16 + 219 * luma,
    128 + (224 * (blue - luma)) / (2 * (1 - wb)),
    128 + (224 * (red - luma)) / (2 * (1 - wr)),
  ] as const;
}

function flat(r: number, g: number, b: number, matrix?: ColourMatrix) {
  const target = new Uint8Array(i420ByteLength(2, 2));
  const pixel = [r, g, b, 255];
  rgbaToI420(new Uint8ClampedArray([...pixel, ...pixel, ...pixel, ...pixel]), 2, 2, target, matrix);
  return [...target];
}

describe('rgbaToI420', () => {
  it.each([
    ['black', [0, 0, 0], [16, 128, 128]],
    ['white', [255, 255, 255], [235, 128, 128]],
    ['grey', [128, 128, 128], [126, 128, 128]],
    ['red', [255, 0, 0], [63, 102, 240]],
    ['green', [0, 255, 0], [173, 42, 26]],
    ['blue', [0, 0, 255], [32, 240, 118]],
  ] as const)('makes %s what BT.709 says', (_name, [r, g, b], [y, u, v]) => {
    expect(flat(r, g, b)).toEqual([y, y, y, y, u, v]);
  });

  it.each([
    ['white', [255, 255, 255], [235, 128, 128]],
    ['red', [255, 0, 0], [81, 90, 240]],
    ['green', [0, 255, 0], [145, 54, 34]],
    ['blue', [0, 0, 255], [41, 240, 110]],
  ] as const)('makes %s what BT.601 says', (_name, [r, g, b], [y, u, v]) => {
    expect(flat(r, g, b, 'bt601')).toEqual([y, y, y, y, u, v]);
  });

  it.each(['bt709', 'bt601'] as const)(
    'is within rounding of the definition of %s for any colour',
    (matrix) => {
      const byte = fc.integer({ min: 0, max: 255 });
      fc.assert(
        fc.property(byte, byte, byte, (r, g, b) => {
          const [y, , , , u, v] = flat(r, g, b, matrix);
          const [luma, blue, red] = exact(r, g, b, matrix);
          expect(Math.abs(y! - luma)).toBeLessThan(0.51);
          expect(Math.abs(u! - blue)).toBeLessThan(0.52);
          expect(Math.abs(v! - red)).toBeLessThan(0.52);
        }),
        { numRuns: 5000 },
      );
    },
  );

  it('puts planes one after another and means over 2 × 2 pixels', () => {
    const white = [255, 255, 255, 255];
    const black = [0, 0, 0, 255];
    const blue = [0, 0, 255, 255];
    const rows = [...white, ...black, ...blue, ...blue, ...black, ...white, ...blue, ...blue];
    const target = new Uint8Array(i420ByteLength(4, 2));
    rgbaToI420(new Uint8ClampedArray(rows), 4, 2, target);
    expect([...target]).toEqual([235, 16, 32, 32, 16, 235, 32, 32, 128, 240, 128, 118]);
  });
});
