import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from './float16.ts';

const everyHalf = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);
const one = (value: number) => toFloat16(Float32Array.of(value))[0]!;

describe('float16', () => {
  it('knows some values by heart', () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0x3555, 0x7c00, 0xfc00);
    const values = [1, -2, 65504, 2 ** -24, 2 ** -14, 0.333251953125, Infinity, -Infinity];
    expect(Array.from(fromFloat16(halves))).toEqual(values);
    expect(toFloat16(Float32Array.from(values))).toEqual(halves);
    expect(fromFloat16(Uint16Array.of(0x7e01))[0]).toBeNaN();
    expect(fromFloat16(Uint16Array.of(one(NaN)))[0]).toBeNaN();
  });

  it('gives back every half but the payloads of NaN', () => {
    const values = fromFloat16(everyHalf);
    const back = toFloat16(values);
    expect(everyHalf.every((bits, at) => back[at] === bits || Number.isNaN(values[at]))).toBe(true);
  });

  it('rounds ties to even, also at overflow and among the subnormals', () => {
    expect(one(1 + 2 ** -11)).toBe(0x3c00);
    expect(one(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(one(65519)).toBe(0x7bff);
    expect(one(65520)).toBe(0x7c00);
    expect(one(2 ** -25)).toBe(0);
    expect(one(3 * 2 ** -25)).toBe(2);
    expect(one(-0)).toBe(0x8000);
  });

  it('finds no nearer half on either side', () => {
    const inRange = fc.float({ min: -65504, max: 65504, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(
        fc.oneof(inRange, fc.float({ min: Math.fround(-1e-4), max: Math.fround(1e-4), noNaN: true })),
        (value) => {
          const bits = one(value);
          const [below, chosen, above] = fromFloat16(Uint16Array.of(bits - 1, bits, bits + 1)) as unknown as [
            number,
            number,
            number,
          ];
          const distance = Math.abs(chosen - value);
          for (const other of [below, above]) {
            if (Number.isFinite(other)) expect(distance).toBeLessThanOrEqual(Math.abs(other - value));
          }
        },
      ),
    );
  });
});
