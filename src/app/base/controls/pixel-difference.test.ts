import { expect, test } from 'vitest';
import { pixelDifference } from './pixel-difference.ts';

const picture = (...colours: number[][]) => Uint8ClampedArray.from(colours.flatMap((rgb) => [...rgb, 255]));

test('the same picture is no way off', () => {
  const one = picture([1, 2, 3], [4, 5, 6]);
  expect(pixelDifference(one, one)).toEqual({ share: 0, mean: 0 });
});

test('one pixel of four that is turned from black to white is a quarter', () => {
  const black = [0, 0, 0];
  const before = picture(black, black, black, black);
  expect(pixelDifference(before, picture(black, [255, 255, 255], black, black))).toEqual({
    share: 0.25,
    mean: 0.25,
  });
});

test('opacity alone is not seen as a difference', () => {
  expect(pixelDifference(Uint8ClampedArray.of(9, 9, 9, 255), Uint8ClampedArray.of(9, 9, 9, 0)).share).toBe(0);
});
