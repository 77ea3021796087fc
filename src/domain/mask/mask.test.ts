import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyMask, maskFacts, type Mask } from './mask.ts';
import { createMaskHistory } from './mask-history.ts';
import { applyStep, strokePart, type MaskStep } from './mask-step.ts';
import { packMask, unpackMask } from './pack-mask.ts';

const side = 24;
const drawn = (steps: readonly MaskStep[], width = side, height = side): Mask => {
  const mask = emptyMask(width, height);
  for (const step of steps) applyStep(mask, step);
  return mask;
};
const rows = ({ width, data }: Mask) =>
  Array.from({ length: data.length / width }, (_, y) =>
    [...data.subarray(y * width, (y + 1) * width)].map((value) => (value >= 128 ? '#' : '.')).join(''),
  );

const place = fc.double({ min: -8, max: side + 8, noNaN: true });
const points = fc
  .array(fc.tuple(place, place, fc.double({ min: 0.5, max: 9, noNaN: true })), { minLength: 1, maxLength: 6 })
  .map((each) => each.flat());
const erase = fc.boolean();
const anyStep: fc.Arbitrary<MaskStep> = fc.oneof(
  fc.record({ kind: fc.constant('stroke' as const), erase, points }),
  fc.record({ kind: fc.constant('lasso' as const), erase, outline: fc.array(place, { maxLength: 14 }) }),
  fc.record({
    ...{ kind: fc.constant('rectangle' as const), erase, left: place, top: place },
    ...{ right: place, bottom: place },
  }),
  fc.record({ kind: fc.constant('fill' as const), erase, x: place, y: place }),
  fc.record({ kind: fc.constant('invert' as const) }),
  fc.record({ kind: fc.constant('clear' as const) }),
);

test('a line has round ends, and is as wide as its radius says', () => {
  const line = drawn([{ kind: 'stroke', erase: false, points: [3, 3, 2, 8, 3, 2] }], 12, 6);
  expect(rows(line)).toEqual([
    '............',
    '..#######...',
    '.#########..',
    '.#########..',
    '..#######...',
    '............',
  ]);
});

test('a pen that is pressed harder draws a wider line', () => {
  const wide = (radius: number) =>
    maskFacts(drawn([{ kind: 'stroke', erase: false, points: [4, 12, 1, 20, 12, radius] }])).share;
  expect(wide(6)).toBeGreaterThan(2 * wide(1));
});

test('a stroke drawn point by point is the stroke drawn at once', () => {
  fc.assert(
    fc.property(points, erase, (all, erasing) => {
      const before: MaskStep[] = erasing ? [{ kind: 'invert' }] : [];
      const live = drawn(before);
      for (let at = 0; at < all.length; at += 3) strokePart(live, all, at, erasing);
      expect(live).toEqual(drawn([...before, { kind: 'stroke', erase: erasing, points: all }]));
    }),
  );
});

test('the eraser takes away what the brush of the same path has painted', () => {
  fc.assert(
    fc.property(points, (all) => {
      const mask = drawn([
        { kind: 'stroke', erase: false, points: all },
        { kind: 'stroke', erase: true, points: all },
      ]);
      // Only a soft edge can be left: both halves of a pixel's coverage.
      expect(Math.max(...mask.data)).toBeLessThan(129);
    }),
  );
});

test('a lasso takes in what it runs around, also where it crosses itself', () => {
  const star = [6, 0.2, 9.2, 10.5, 0.5, 4, 11.5, 4, 2.8, 10.5];
  const mask = drawn([{ kind: 'lasso', erase: false, outline: star }], 12, 11);
  expect(rows(mask)[6]![6]).toBe('#');
  const square = [2, 2, 8, 2, 8, 6, 2, 6];
  expect(rows(drawn([{ kind: 'lasso', erase: false, outline: square }], 10, 8))).toEqual(
    rows(drawn([{ kind: 'rectangle', erase: false, left: 2, top: 2, right: 8, bottom: 6 }], 10, 8)),
  );
});

test('a ring that is filled inside becomes a disc; filled outside, everything but its inside', () => {
  const ring: MaskStep[] = [];
  const circle = Array.from({ length: 33 }, (_, at) => (at * Math.PI) / 16);
  const path = circle.flatMap((angle) => [12 + 7 * Math.cos(angle), 12 + 7 * Math.sin(angle), 1.5]);
  ring.push({ kind: 'stroke', erase: false, points: path });
  const inside = drawn([...ring, { kind: 'fill', erase: false, x: 12, y: 12 }]);
  const disc = drawn([{ kind: 'stroke', erase: false, points: [12, 12, 8.5] }]);
  const different = inside.data.filter((value, at) => Math.abs(value - disc.data[at]!) > 40).length;
  expect(different).toBeLessThan(30);
  expect(rows(inside)[12]).toBe('....################....');
  const outside = drawn([...ring, { kind: 'fill', erase: false, x: 0, y: 0 }]);
  expect(rows(outside)[12]).toBe('#######..........#######');
  expect(outside.data[12 * side + 12]).toBe(0);
  expect(Math.max(...drawn([...ring, { kind: 'fill', erase: true, x: 5, y: 12 }]).data)).toBe(0);
});

test('60 steps can all be taken back and done again, and each time it is what it was', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 60, maxLength: 60 }), (steps) => {
      const history = createMaskHistory(side, side);
      const now = () => history.mask.data.join();
      const seen = [now()];
      for (const step of steps) {
        history.add(step);
        seen.push(now());
      }
      for (let at = steps.length; at > 0; at--) {
        expect(now() === seen[at]).toBe(true);
        history.undo();
      }
      expect([history.canUndo(), history.undo()]).toEqual([false, null]);
      for (let at = 0; at < steps.length; at++) {
        expect(now() === seen[at]).toBe(true);
        history.redo();
      }
      expect(now() === seen.at(-1)).toBe(true);
      expect([history.canRedo(), history.redo()]).toEqual([false, null]);
    }),
    { numRuns: 20 },
  );
});

test('a step after an undo forgets what was taken back, and a history goes on from kept steps', () => {
  const rectangle = (left: number): MaskStep => ({
    ...{ kind: 'rectangle', erase: false, left, top: 0, right: left + 2, bottom: 2 },
  });
  const history = createMaskHistory(side, side, [rectangle(0), rectangle(4)]);
  history.undo();
  history.add(rectangle(8));
  expect([history.canRedo(), history.steps()]).toEqual([false, [rectangle(0), rectangle(8)]]);
  expect(history.mask).toEqual(drawn([rectangle(0), rectangle(8)]));
});

test('every step tells where it has changed something, and nothing changes elsewhere', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 5 }), anyStep, (before, step) => {
      const mask = drawn(before);
      const old = mask.data.slice();
      const box = applyStep(mask, step);
      mask.data.forEach((value, at) => {
        if (value === old[at]) return;
        const [x, y] = [at % side, Math.floor(at / side)];
        const inside = box && x >= box.left && x < box.right && y >= box.top && y < box.bottom;
        expect(inside).toBe(true);
      });
    }),
  );
});

test('a mask is packed to few bytes and comes back whole; what is none is refused', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 6 }), (steps) => {
      const mask = drawn(steps);
      expect(unpackMask(packMask(mask), side, side)).toEqual(mask);
    }),
  );
  const large = drawn([{ kind: 'stroke', erase: false, points: [300, 300, 120] }], 1024, 1024);
  expect(packMask(large).length).toBeLessThan(8000);
  const refusal = expect.objectContaining({ code: 'file-corrupt' }) as Error;
  for (const packed of [[], [0, 10], [255, 0x80], [7, 200, 1, 0]]) {
    expect(() => unpackMask(Uint8Array.from(packed), 5, 5)).toThrow(refusal);
  }
});

test('how much changes, and where', () => {
  expect(maskFacts(emptyMask(4, 4))).toEqual({ share: 0, bounds: null });
  const box = { left: 1, top: 2, right: 3, bottom: 4 };
  expect(maskFacts(drawn([{ kind: 'rectangle', erase: false, ...box }], 4, 4))).toEqual({
    share: 0.25,
    bounds: box,
  });
});
