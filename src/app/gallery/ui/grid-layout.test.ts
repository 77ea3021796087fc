import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gapPx, gridLayout, movedIndex, tilePosition, visibleRange } from './grid-layout.ts';

const width = fc.integer({ min: 200, max: 4000 });
const count = fc.integer({ min: 0, max: 5000 });

test('a phone has two columns, a desktop several', () => {
  expect(gridLayout(358, 10)).toMatchObject({ columns: 2, rows: 5 });
  expect(gridLayout(1200, 10)).toMatchObject({ columns: 7, rows: 2 });
});

test('tiles fill the width and do not overlap', () => {
  fc.assert(
    fc.property(width, count, (widthPx, n) => {
      const layout = gridLayout(widthPx, n);
      const { columns, tilePx, heightPx } = layout;
      expect(columns * tilePx + (columns - 1) * gapPx).toBeCloseTo(widthPx);
      if (n > 0) expect(tilePosition(layout, n - 1).y + tilePx).toBeCloseTo(heightPx);
    }),
  );
});

test('every tile that is seen is drawn, and never many more', () => {
  const scroll = fc.integer({ min: -500, max: 200_000 });
  const viewport = fc.integer({ min: 300, max: 2400 });
  fc.assert(
    fc.property(width, count, scroll, viewport, (widthPx, n, scrolledPx, viewportPx) => {
      const layout = gridLayout(widthPx, n);
      const { start, end } = visibleRange(layout, -scrolledPx, viewportPx, n);
      for (let index = 0; index < n; index++) {
        const { y } = tilePosition(layout, index);
        const seen = y + layout.tilePx > scrolledPx && y < scrolledPx + viewportPx;
        if (seen) expect(start <= index && index < end).toBe(true);
      }
      const rowsSeen = Math.ceil(viewportPx / layout.rowPx) + 1;
      expect(end - start).toBeLessThanOrEqual((rowsSeen + 6) * layout.columns);
    }),
    { numRuns: 50 },
  );
});

test('keys move within the grid and stop at its ends', () => {
  expect(movedIndex('ArrowDown', 1, 4, 10)).toBe(5);
  expect(movedIndex('ArrowDown', 8, 4, 10)).toBeUndefined();
  expect(movedIndex('ArrowLeft', 0, 4, 10)).toBeUndefined();
  expect(movedIndex('End', 3, 4, 10)).toBe(9);
  expect(movedIndex('PageUp', 3, 4, 10)).toBe(0);
  expect(movedIndex('a', 3, 4, 10)).toBeUndefined();
});
