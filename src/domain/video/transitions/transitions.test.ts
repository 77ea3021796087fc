import { describe, expect, it } from 'vitest';
import type { Rect } from '../motion.ts';
import { transitionIds, transitionLook, transitionProgress } from './transitions.ts';
import { dissolveThreshold } from './dissolve.ts';
import type { Placement } from './look.ts';

const painted = ({ target, clip }: Placement) => overlap(target, clip);

describe('transitionProgress', () => {
  it('is a real mix on every frame: neither 0 nor 1', () => {
    expect([0, 1, 2].map((i) => transitionProgress(i, 3))).toEqual([0.25, 0.5, 0.75]);
  });
});

describe('transitionLook', () => {
  it.each(transitionIds)('%s shows at least one picture at any time', (kind) => {
    for (const alpha of [0.01, 0.3, 0.5, 0.7, 0.99]) {
      const { from, to } = transitionLook(kind, alpha);
      expect(from ?? to).not.toBeNull();
    }
  });

  it.each(transitionIds)('%s begins like the scene before and ends like the scene after', (kind) => {
    const early = transitionLook(kind, 1e-6);
    const late = transitionLook(kind, 1 - 1e-6);
    expect(shareOf(early.to)).toBeLessThan(1e-4);
    expect(shareOf(early.from)).toBeGreaterThan(1 - 1e-4);
    expect(shareOf(late.to)).toBeGreaterThan(1 - 1e-4);
  });

  it('slides both pictures side by side, without a gap', () => {
    for (const alpha of [0.1, 0.5, 0.9]) {
      const { from, to } = transitionLook('slide', alpha);
      expect(from!.target.x + 1).toBeCloseTo(to!.target.x, 12);
      expect(painted(from!) + painted(to!)).toBeCloseTo(1, 12);
    }
  });

  it('is only the ground in the middle of a fade through a colour', () => {
    expect(transitionLook('fade-white', 0.5)).toMatchObject({
      ground: 'white',
      from: null,
      to: { opacity: 0 },
    });
    expect(transitionLook('fade-black', 0.25)).toMatchObject({
      ground: 'black',
      from: { opacity: 0.5 },
      to: null,
    });
  });

  it('zooms without showing what lies outside a picture', () => {
    for (const alpha of [0.1, 0.5, 0.9]) {
      const { from, to } = transitionLook('zoom', alpha);
      expect(painted(from!)).toBe(1);
      expect(painted(to!)).toBe(1);
    }
  });
});

describe('dissolveThreshold', () => {
  it('paints the share of cells that it is asked for, in every part of the frame', () => {
    for (const share of [0.1, 0.5, 0.9]) {
      for (const corner of [0, 64, 1000]) {
        let count = 0;
        for (let y = 0; y < 64; y++)
          for (let x = 0; x < 64; x++) if (dissolveThreshold(corner + x, corner + y) < share) count++;
        expect(Math.abs(count / 4096 - share)).toBeLessThan(0.03);
      }
    }
  });
});

function shareOf(placement: Placement | null): number {
  return placement ? painted(placement) * placement.opacity * placement.cells : 0;
}

/** Area of the part of the frame that lies in both. */
function overlap(a: Rect, b: Rect): number {
  const side = (startA: number, lengthA: number, startB: number, lengthB: number) =>
    Math.max(0, Math.min(startA + lengthA, startB + lengthB, 1) - Math.max(startA, startB, 0));
  return side(a.x, a.width, b.x, b.width) * side(a.y, a.height, b.y, b.height);
}
