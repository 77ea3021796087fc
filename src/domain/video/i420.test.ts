import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { i420ByteLength, rgbaToI420 } from './i420.ts';

/** The definition, in floating point: BT.709-6 items 3.2 to 3.4, quantised to 8 bits by item 3.5. */
function exact(r: number, g: number, b: number) {
  const [red, green, blue] = [r / 255, g / 255, b / 255];
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return [
    16 + 219 * luma,
    128 + (224 * (blue - luma)) / 1.8556,
    128 + (224 * (red - luma)) / 1.5748,
  ] as const;
}

function flat(r: number, g: number, b: number) {
  const target = new Uint8Array(i420ByteLength(2, 2));
  const pixel = [r, g, b, 255];
  rgbaToI420(new Uint8ClampedArray([...pixel, ...pixel, ...pixel, ...pixel]), 2, 2, target);
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

  it('is within rounding of the definition for any colour', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, (r, g, b) => {
        const [y, , , , u, v] = flat(r, g, b);
        const [luma, blue, red] = exact(r, g, b);
        expect(Math.abs(y! - luma)).toBeLessThan(0.51);
        expect(Math.abs(u! - blue)).toBeLessThan(0.52);
        expect(Math.abs(v! - red)).toBeLessThan(0.52);
      }),
      { numRuns: 5000 },
    );
  });

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
