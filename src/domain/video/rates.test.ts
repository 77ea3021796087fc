import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactRate, fractionalRates, framesIn, frameTime, isRate } from './rates.ts';

describe('rates', () => {
  it('are exact fractions where they are not whole', () => {
    expect(fractionalRates.map(exactRate)).toEqual([
      { frames: 24_000, seconds: 1001 },
      { frames: 30_000, seconds: 1001 },
      { frames: 60_000, seconds: 1001 },
    ]);
    expect(exactRate(24)).toEqual({ frames: 24, seconds: 1 });
  });

  it('put frames where the fraction has them, however late', () => {
    expect(frameTime(24_000, 23.976)).toBe(1001);
    expect(frameTime(36_000, 59.94)).toBe(600.6);
    expect(frameTime(1, 29.97)).toBe(1001 / 30_000);
  });

  it('count the whole frames of a duration', () => {
    expect(framesIn(1001, 23.976)).toBe(24_000);
    expect(framesIn(3, 23.976)).toBe(71);
    expect(framesIn(3, 29.97)).toBe(89);
    expect(framesIn(3, 24)).toBe(72);
  });

  it('are whole numbers, or one of the three', () => {
    expect([24, 60, 23.976, 29.97, 59.94].map(isRate)).toEqual(Array(5).fill(true));
    expect([24.5, 23.98, 29.976, NaN, Infinity].map(isRate)).toEqual(Array(5).fill(false));
  });

  it('never lose a frame: as many frames fit as the time of so many frames', () => {
    fc.assert(
      fc.property(fc.nat({ max: 36_000 }), fc.constantFrom(...fractionalRates), (count, fps) => {
        // A millionth of a second for the last bit of a double.
        expect(framesIn(frameTime(count, fps) + 1e-6, fps)).toBe(count);
      }),
    );
  });
});
