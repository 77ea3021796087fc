import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noSides, sidesForShape, widenedImage, widenedMask, widenedSize } from './widen.ts';

const size = fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) });
const side = fc.nat(7);
const anySides = fc.record({ left: side, top: side, right: side, bottom: side });

/** Each pixel says where it lies. */
function picture({ width, height }: { width: number; height: number }) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) data.set([at % width, Math.floor(at / width), 7, 255], at * 4);
  return { width, height, data };
}

test('old pixels stay where they are, and every new one has the colour of the nearest old one', () => {
  fc.assert(
    fc.property(size, anySides, (old, sides) => {
      const wide = widenedImage(picture(old), sides);
      expect([wide.width, wide.height]).toEqual(Object.values(widenedSize(old, sides)));
      for (let y = 0; y < wide.height; y++) {
        for (let x = 0; x < wide.width; x++) {
          const at = (y * wide.width + x) * 4;
          const nearest = [
            Math.min(old.width - 1, Math.max(0, x - sides.left)),
            Math.min(old.height - 1, Math.max(0, y - sides.top)),
          ];
          expect([...wide.data.subarray(at, at + 4)]).toEqual([...nearest, 7, 255]);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('the mask shows all that is new, and the old up to the overlap beside it', () => {
  const mask = widenedMask({ width: 6, height: 4 }, { left: 2, top: 0, right: 0, bottom: 3 }, 1);
  const rows = Array.from({ length: mask.height }, (_, y) =>
    [...mask.data.subarray(y * mask.width, (y + 1) * mask.width)]
      .map((value) => (value ? '#' : '.'))
      .join(''),
  );
  expect(rows).toEqual(['###.....', '###.....', '###.....', ...Array<string>(4).fill('########')]);
});

test('without sides nothing is new; a picture thinner than its overlap is drawn whole', () => {
  expect(Math.max(...widenedMask({ width: 5, height: 5 }, noSides, 8).data)).toBe(0);
  const thin = widenedMask({ width: 3, height: 5 }, { ...noSides, left: 4, right: 4 }, 8);
  expect(Math.min(...thin.data)).toBe(255);
});

test('a shape is reached by growing one side, and what has it already grows no more than to the next multiple', () => {
  expect(sidesForShape({ width: 512, height: 512 }, { width: 16, height: 9 }, 8)).toEqual({
    ...{ left: 200, right: 200, top: 0, bottom: 0 },
  });
  expect(sidesForShape({ width: 512, height: 512 }, { width: 2, height: 3 }, 64)).toEqual({
    ...{ left: 0, right: 0, top: 128, bottom: 128 },
  });
  expect(sidesForShape({ width: 512, height: 512 }, { width: 1, height: 1 }, 64)).toEqual(noSides);
});
