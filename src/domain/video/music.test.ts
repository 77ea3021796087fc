import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fadeOutSec, trackDistanceSec, trackJump, trackPosition, volumeAt } from './music.ts';

const seconds = (min: number, max: number) => fc.double({ min, max, noNaN: true });

test('a long film fades out over three seconds, a short one over its last quarter', () => {
  expect(fadeOutSec(60)).toBe(3);
  expect(fadeOutSec(2)).toBe(0.5);
  expect([0, 8, 9, 10.5, 12, 13].map((at) => volumeAt(at, 12))).toEqual([1, 1, 1, 0.5, 0, 0]);
});

test('the volume is full until the fade, then only falls, and is nothing at the end', () => {
  const film = fc.record({ filmSec: seconds(0.1, 600), a: seconds(0, 1), b: seconds(0, 1) });
  fc.assert(
    fc.property(film, ({ filmSec, a, b }) => {
      const [early, late] = [Math.min(a, b) * filmSec, Math.max(a, b) * filmSec];
      expect(volumeAt(early, filmSec)).toBeGreaterThanOrEqual(volumeAt(late, filmSec));
      expect(volumeAt(filmSec - fadeOutSec(filmSec) - 1e-6, filmSec)).toBe(1);
      expect(volumeAt(filmSec, filmSec)).toBe(0);
    }),
  );
});

test('a track begins again where it ends; one that has not been read yet is taken for endless', () => {
  expect(trackPosition(7.5, 3)).toBe(1.5);
  expect(trackPosition(7.5, Number.NaN)).toBe(7.5);
});

test('the end of a track is next to its beginning', () => {
  expect(trackDistanceSec(2.95, 0.05, 3)).toBeCloseTo(0.1);
  expect(trackDistanceSec(0.5, 2, 3)).toBe(1.5);
});

test('a track that plays may be a little off, one that stands is put exactly', () => {
  const track = { atSec: 1.6, trackSec: 3, playing: true };
  expect(trackJump(track, 7.5)).toBeNull();
  expect(trackJump({ ...track, playing: false }, 7.5)).toBe(1.5);
  expect(trackJump({ ...track, atSec: 2 }, 7.5)).toBe(1.5);
  expect(trackJump({ ...track, atSec: 2.95 }, 3.02)).toBeNull();
});

test('after a jump nothing is left to correct', () => {
  fc.assert(
    fc.property(seconds(0.1, 300), seconds(0, 600), seconds(0, 300), (trackSec, filmAtSec, atSec) => {
      const jump = trackJump({ atSec, trackSec, playing: false }, filmAtSec) ?? atSec;
      expect(trackJump({ atSec: jump, trackSec, playing: true }, filmAtSec)).toBeNull();
    }),
  );
});
