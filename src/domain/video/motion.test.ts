import { describe, expect, it } from 'vitest';
import { mixRects, motionIds, preparedScale, viewAt, wholeRect } from './motion.ts';

describe('viewAt', () => {
  it.each(motionIds)('%s stays inside the picture and keeps its shape', (motion) => {
    for (let phase = 0; phase <= 1; phase += 0.05) {
      const view = viewAt(motion, phase);
      expect(view.width).toBeCloseTo(view.height, 12);
      expect(Math.min(view.x, view.y)).toBeGreaterThanOrEqual(-1e-12);
      expect(Math.max(view.x + view.width, view.y + view.height)).toBeLessThanOrEqual(1 + 1e-12);
      expect(view.width * preparedScale(motion)).toBeGreaterThanOrEqual(1 - 1e-12);
    }
  });

  it('moves a little on every frame, less than a pixel where it is slow', () => {
    const frames = 240;
    for (let n = 1; n < frames; n++) {
      const moved = (viewAt('pan-right', n / frames).x - viewAt('pan-right', (n - 1) / frames).x) * 512;
      expect(moved).toBeGreaterThan(0);
      expect(moved).toBeLessThan(1);
    }
  });

  it('zooms in by the same factor from each frame to the next', () => {
    const width = (phase: number) => viewAt('zoom-in', phase).width;
    expect(width(0.1) / width(0)).toBeCloseTo(width(1) / width(0.9), 12);
  });

  it('zooms out as it zooms in, backwards', () => {
    expect(viewAt('zoom-out', 0.25)).toEqual(viewAt('zoom-in', 0.75));
  });
});

describe('mixRects', () => {
  it('goes straight from one to the other', () => {
    const b = { x: 0.2, y: 0.4, width: 0.5, height: 0.5 };
    expect(mixRects(wholeRect, b, 0.5)).toEqual({ x: 0.1, y: 0.2, width: 0.75, height: 0.75 });
  });
});
