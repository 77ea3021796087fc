import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { latentShape, lerp, shapeLength, slerp } from './latents.ts';
import { createGenerator } from './noise.ts';

const length = (values: Float32Array) => Math.hypot(...values);

describe('latents', () => {
  it('puts height before width', () => {
    expect(latentShape(512, 384, 4, 8)).toEqual([1, 4, 48, 64]);
    expect(shapeLength(latentShape(512, 384, 4, 8))).toBe(4 * 48 * 64);
  });

  it('names the side that does not fit', () => {
    expect(() => latentShape(512, 100, 4, 8)).toThrowError(AppError);
    expect(() => latentShape(512, 100, 4, 8)).toThrowError(expect.objectContaining({ field: 'height' }));
    expect(() => latentShape(0, 64, 4, 8)).toThrowError(expect.objectContaining({ field: 'width' }));
  });

  it('interpolates from one end exactly to the other', () => {
    const [a, b] = [createGenerator(1).randn(64), createGenerator(2).randn(64)];
    for (const between of [lerp, slerp]) {
      expect(between(a, b, 0)).toEqual(a);
      expect(between(a, b, 1)).toEqual(b);
    }
  });

  it('keeps the length of noise all the way round, which a straight line does not', () => {
    const random = fc.record({ seed: fc.nat(), t: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(random, ({ seed, t }) => {
        const generator = createGenerator(seed);
        const [a, b] = [generator.randn(256), generator.randn(256)];
        const between = length(slerp(a, b, t));
        const [shorter, longer] = [length(a), length(b)].sort((x, y) => x - y) as [number, number];
        // Ends of different lengths differ from the circle a little.
        expect(between).toBeGreaterThan(shorter * 0.97);
        expect(between).toBeLessThan(longer * 1.03);
      }),
    );
    const [a, b] = [createGenerator(1).randn(256), createGenerator(2).randn(256)];
    expect(length(lerp(a, b, 0.5))).toBeLessThan(length(a) * 0.8);
  });

  it('stays finite between equal, opposite and empty noises', () => {
    const a = createGenerator(1).randn(16);
    const opposite = a.map((value) => -value);
    const nothing = new Float32Array(16);
    expect(slerp(a, a, 0.3)).toEqual(lerp(a, a, 0.3));
    for (const other of [opposite, nothing]) expect(slerp(a, other, 0.5).every(Number.isFinite)).toBe(true);
  });
});
