import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addFading, enlargedSpans, fadingSpans, fadingTiles } from './overlap.ts';
import { createRowBlend } from './row-blend.ts';
import { cutOut, type FloatPlanes } from './tiles.ts';

const anyPlan = fc.record({
  side: fc.integer({ min: 1, max: 200 }),
  tile: fc.integer({ min: 2, max: 90 }),
  overlap: fc.integer({ min: 0, max: 60 }),
});

test('tiles of one size lie within the side, over their neighbours as much as is asked, and their weights add up to 1', () => {
  fc.assert(
    fc.property(anyPlan, ({ side, tile, overlap }) => {
      const spans = fadingSpans(side, tile, overlap);
      const sums = new Float64Array(side);
      spans.forEach(({ start, end, weights }, i) => {
        expect(end - start).toBe(Math.min(side, tile));
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(side);
        const next = spans[i + 1];
        if (next) expect(end - next.start).toBeGreaterThanOrEqual(Math.min(overlap, Math.floor(tile / 2)));
        weights.forEach((weight, at) => (sums[start + at]! += weight));
      });
      sums.forEach((sum) => expect(sum).toBeCloseTo(1, 4));
    }),
  );
});

test('from one tile to the next the weights go over in small steps', () => {
  for (const { weights } of fadingSpans(512, 64, 16)) {
    for (let at = 1; at < weights.length; at++)
      expect(Math.abs(weights[at]! - weights[at - 1]!)).toBeLessThan(0.1);
  }
});

const planes = (height: number, width: number): FloatPlanes => ({
  data: Float32Array.from({ length: 3 * height * width }, (_, at) => Math.sin(at * 0.37)),
  channels: 3,
  height,
  width,
});

test('a picture that is cut into tiles and put together again is itself, whole and row by row', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 4, max: 50 }),
      fc.integer({ min: 4, max: 50 }),
      fc.integer({ min: 4, max: 24 }),
      fc.nat({ max: 10 }),
      (height, width, tile, overlap) => {
        const picture = planes(height, width);
        const tiles = fadingTiles(picture, { height: tile, width: tile }, overlap);
        const whole = { ...picture, data: new Float32Array(picture.data.length) };
        const blend = createRowBlend(width, Math.max(...tiles.map(({ rows }) => rows.end - rows.start)));
        const rows: number[] = [];
        tiles.forEach((each, at) => {
          const part = cutOut(picture, each.rows, each.columns) as FloatPlanes;
          addFading(whole, part, each);
          blend.add(part, each);
          const next = tiles[at + 1]?.rows.start ?? height;
          if (next !== each.rows.start && next * width * 4 > rows.length)
            rows.push(...blend.take(next).rows.data);
        });
        whole.data.forEach((value, at) => expect(value).toBeCloseTo(picture.data[at]!, 4));
        expect(rows.length).toBe(height * width * 4);
        for (let at = 0; at < height * width; at++) {
          const value = Math.min(255, Math.max(0, (picture.data[at]! / 2 + 0.5) * 255));
          expect(Math.abs(rows[at * 4]! - value)).toBeLessThanOrEqual(1);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('in a larger picture the weights still add up to 1', () => {
  const spans = enlargedSpans(fadingSpans(50, 20, 6), 8);
  const sums = new Float64Array(400);
  for (const { start, weights } of spans) weights.forEach((weight, at) => (sums[start + at]! += weight));
  sums.forEach((sum) => expect(sum).toBeCloseTo(1, 4));
});
