import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fit, fitted, maxScale, panBy, zoomAt } from './zoom.ts';

const size = fit({ width: 800, height: 600 }, { width: 512, height: 512 });

test('a square picture fits the lower side', () => {
  expect(size).toEqual({ width: 800, height: 600, fitWidth: 600, fitHeight: 600 });
});

test('the spot under the pointer stays where it is', () => {
  const view = zoomAt(fitted, 4, { x: 100, y: -50 }, size);
  expect(view).toEqual({ scale: 4, x: -300, y: 150 });
});

test('a picture that fits cannot be moved, a larger one only to its edges', () => {
  expect(panBy(fitted, 50, 50, size)).toEqual(fitted);
  expect(panBy({ scale: 2, x: 0, y: 0 }, 9999, -9999, size)).toEqual({ scale: 2, x: 200, y: -300 });
});

test('whatever one does, no gap opens between picture and stage', () => {
  const step = fc.record({
    factor: fc.double({ min: 0.2, max: 5, noNaN: true }),
    x: fc.integer({ min: -400, max: 400 }),
    y: fc.integer({ min: -300, max: 300 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
      let view = fitted;
      for (const { factor, x, y } of steps) view = panBy(zoomAt(view, factor, { x, y }, size), x, y, size);
      expect(view.scale).toBeGreaterThanOrEqual(1);
      expect(view.scale).toBeLessThanOrEqual(maxScale);
      expect(Math.abs(view.x)).toBeLessThanOrEqual(Math.max(0, (600 * view.scale - 800) / 2) + 1e-6);
      expect(Math.abs(view.y)).toBeLessThanOrEqual((600 * view.scale - 600) / 2 + 1e-6);
    }),
  );
});
