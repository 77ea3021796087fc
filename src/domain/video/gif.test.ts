import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gifFrames, gifSize, smallerGif } from './gif.ts';

describe('gifSize', () => {
  it('is a share of the film’s, with even sides', () => {
    expect(gifSize({ width: 1280, height: 720 }, { sizePercent: 50 })).toEqual({ width: 640, height: 360 });
    expect(gifSize({ width: 514, height: 66 }, { sizePercent: 33 })).toEqual({ width: 170, height: 22 });
  });
});

describe('gifFrames', () => {
  it('are all of the film’s where its rate is kept, or more are asked for', () => {
    expect(gifFrames(5, 24, null)).toEqual([0, 1, 2, 3, 4]);
    expect(gifFrames(5, 24, 50)).toEqual([0, 1, 2, 3, 4]);
  });

  it('are spread evenly over the film', () => {
    expect(gifFrames(12, 24, 12)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(gifFrames(24, 24, 10)).toEqual([0, 2, 4, 7, 9, 12, 14, 16, 19, 21]);
    expect(gifFrames(60, 59.94, 29.97)).toEqual(Array.from({ length: 30 }, (_, index) => 2 * index));
  });

  it('always last as long as the film, to half a frame, and rise', () => {
    const rate = fc.constantFrom(1, 10, 12, 15, 23.976, 24, 25, 29.97, 30, 50, 59.94, 60);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), rate, rate, (total, filmFps, gifFps) => {
        const frames = gifFrames(total, filmFps, gifFps);
        expect(frames[0]).toBe(0);
        expect(frames.every((frame, at) => at === 0 || frame > frames[at - 1]!)).toBe(true);
        expect(frames.at(-1)).toBeLessThan(total);
        const seconds = frames.length / Math.min(filmFps, gifFps);
        expect(Math.abs(seconds - total / filmFps)).toBeLessThanOrEqual(1.001 / Math.min(filmFps, gifFps));
      }),
    );
  });
});

describe('smallerGif', () => {
  it('shrinks until the file fits, however the bytes follow the pixels', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.6, max: 1.2, noNaN: true }),
        fc.integer({ min: 2, max: 50 }),
        (power, times) => {
          const bytesOf = ({ width, height }: { width: number; height: number }) => (width * height) ** power;
          let size = { width: 1280, height: 720 };
          const maxBytes = bytesOf(size) / times;
          for (let tries = 0; bytesOf(size) > maxBytes; tries++) {
            expect(tries).toBeLessThan(12);
            const next = smallerGif(size, bytesOf(size), maxBytes);
            if (!next) return;
            expect(next.width).toBeLessThan(size.width);
            size = next;
          }
        },
      ),
    );
  });

  it('gives up where nothing could be seen', () => {
    expect(smallerGif({ width: 128, height: 128 }, 1e6, 1e4)).toBeNull();
  });
});
