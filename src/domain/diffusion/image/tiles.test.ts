import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGroupStatistics } from './group-statistics.ts';
import { copyRows, cutOut, emptyPlanes, planSpans, planTiles, shiftedSpan } from './tiles.ts';

const sides = fc
  .record({
    side: fc.integer({ min: 1, max: 400 }),
    margin: fc.nat(20),
    core: fc.integer({ min: 1, max: 80 }),
  })
  .map(({ side, margin, core }) => ({ side, margin, tile: core + 2 * margin }));

describe('tiles along a side', () => {
  it('have cores that follow each other from the first pixel to the last', () => {
    fc.assert(
      fc.property(sides, ({ side, tile, margin }) => {
        const cores = planSpans(side, tile, margin).map(({ core }) => core);
        expect([cores[0]!.start, cores.at(-1)!.end]).toEqual([0, side]);
        cores.slice(1).forEach(({ start }, i) => expect(start).toBe(cores[i]!.end));
        cores.forEach(({ start, end }) => expect(end).toBeGreaterThan(start));
      }),
    );
  });

  it('are all of one size and keep their margin, but at the border of the picture', () => {
    fc.assert(
      fc.property(sides, ({ side, tile, margin }) => {
        for (const { whole, core } of planSpans(side, tile, margin)) {
          expect(whole.end - whole.start).toBe(Math.min(tile, side));
          if (whole.start > 0) expect(core.start - whole.start).toBeGreaterThanOrEqual(margin);
          if (whole.end < side) expect(whole.end - core.end).toBeGreaterThanOrEqual(margin);
        }
      }),
    );
  });

  it('are no more than are needed', () => {
    expect(planSpans(64, 64, 8)).toHaveLength(1);
    expect(planSpans(65, 64, 8)).toHaveLength(2);
    expect(planSpans(112, 64, 8)).toHaveLength(2);
    expect(planSpans(113, 64, 8)).toHaveLength(3);
  });
});

describe('a picture cut into tiles', () => {
  const picture = {
    channels: 2,
    height: 37,
    width: 50,
    data: Float32Array.from({ length: 3700 }, (_, i) => Math.sin(i)),
  };
  const tiles = planTiles(picture.height, picture.width, 20, 3);

  it('is the same when their cores are put together', () => {
    const copy = emptyPlanes(picture.data, picture);
    for (const { rows, columns } of tiles) {
      const part = cutOut(picture, rows.whole, columns.whole);
      const core = {
        rows: shiftedSpan(rows.core, -rows.whole.start),
        columns: shiftedSpan(columns.core, -columns.whole.start),
      };
      copyRows(part, core, copy, { row: rows.core.start, column: columns.core.start });
    }
    expect(copy).toEqual(picture);
  });

  it('has the statistics of the whole', () => {
    const [whole, parts] = [createGroupStatistics(2), createGroupStatistics(2)];
    whole.add(picture);
    for (const { rows, columns } of tiles) parts.add(cutOut(picture, rows.core, columns.core));
    const [expected, actual] = [whole.normalization(1e-6), parts.normalization(1e-6)];
    actual.scale.forEach((scale, i) => expect(scale).toBeCloseTo(expected.scale[i]!, 10));
    actual.shift.forEach((shift, i) => expect(shift).toBeCloseTo(expected.shift[i]!, 10));
  });
});

it('statistics of values far from zero keep their digits', () => {
  const statistics = createGroupStatistics(1);
  const values = (...data: number[]) => ({ channels: 1, height: 1, width: 2, data: Float32Array.from(data) });
  statistics.add(values(10_000, 10_001));
  statistics.add(values(10_002, 10_003));
  const { scale, shift } = statistics.normalization(0);
  expect(10_000 * scale[0]! + shift[0]!).toBeCloseTo(-1.5 / Math.sqrt(1.25), 6);
});
