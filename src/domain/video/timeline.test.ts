import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyShape, projectOf } from '../../testing/films.ts';
import { planFilm, type FilmPlan } from './plan.ts';
import { filmShape } from './project.ts';
import { frameAt, type FrameDescription, type Layer } from './timeline.ts';

const defaults = planFilm(filmShape(projectOf(['a', 'b', 'c'])));
const opacities = (frame: FrameDescription) => frame.layers.map((layer) => layer.opacity);

/** Visible shares after painting in order, without regard to geometry. */
const shares = ({ layers }: FrameDescription) =>
  layers.length === 1
    ? [layers[0].opacity]
    : [layers[0].opacity * (1 - layers[1].opacity), layers[1].opacity];

const anyFrame = anyShape.chain((shape) => {
  const plan = planFilm(shape);
  return fc.tuple(fc.constant(plan), fc.integer({ min: 0, max: plan.totalFrames - 1 }));
});

const kindAt = (plan: FilmPlan, n: number) => {
  const segment = plan.segments.find(({ start, end }) => start <= n && n < end)!;
  return segment.kind === 'scene' ? null : plan.shape.transitions[segment.after]!.kind;
};

describe('frameAt', () => {
  it('shows scenes alone and blends them between, at the contract’s defaults', () => {
    expect(opacities(frameAt(defaults, 71))).toEqual([1]);
    expect(opacities(frameAt(defaults, 72))).toEqual([1, 1 / 13]);
    expect(opacities(frameAt(defaults, 83))).toEqual([1, 12 / 13]);
    expect(frameAt(defaults, 84).layers[0].picture).toEqual({ kind: 'scene', scene: 1 });
    expect(frameAt(defaults, 239).layers[0].picture).toEqual({ kind: 'scene', scene: 2 });
  });

  it('answers the nearest frame beyond the ends', () => {
    expect(frameAt(defaults, -5)).toEqual(frameAt(defaults, 0));
    expect(frameAt(defaults, 1e6)).toEqual(frameAt(defaults, 239));
  });

  it('shows one or two layers on every frame, with opacities in range', () => {
    fc.assert(
      fc.property(anyFrame, ([plan, n]) => {
        const frame = frameAt(plan, n);
        expect([1, 2]).toContain(frame.layers.length);
        for (const layer of frame.layers) {
          expect(layer.opacity).toBeGreaterThanOrEqual(0);
          expect(layer.opacity).toBeLessThanOrEqual(1);
          expect(layer.cells).toBeGreaterThan(0);
          expect(layer.cells).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('covers the frame wholly, but for fades through a colour', () => {
    fc.assert(
      fc.property(anyFrame, ([plan, n]) => {
        const sum = shares(frameAt(plan, n)).reduce((a, b) => a + b, 0);
        const kind = kindAt(plan, n);
        if (kind === 'fade-black' || kind === 'fade-white') expect(sum).toBeLessThanOrEqual(1);
        else expect(sum).toBeCloseTo(1, 12);
      }),
      { numRuns: 5000 },
    );
  });

  it('never shows more than the picture has', () => {
    fc.assert(
      fc.property(anyFrame, ([plan, n]) => {
        for (const { view } of frameAt(plan, n).layers) expectInside(view);
      }),
      { numRuns: 3000 },
    );
  });

  it('shows only the scenes on both sides of a transition', () => {
    fc.assert(
      fc.property(anyFrame, ([plan, n]) => {
        const segment = plan.segments.find(({ start, end }) => start <= n && n < end)!;
        const allowed = segment.kind === 'scene' ? [segment.scene] : [segment.after, segment.after + 1];
        for (const { picture } of frameAt(plan, n).layers) {
          const scene = picture.kind === 'scene' ? picture.scene : picture.after;
          expect(allowed).toContain(scene);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('moves the camera without a jump where a transition begins and ends', () => {
    const shape = filmShape(projectOf(['a', 'b'], { motion: 'pan-right' }));
    const plan = planFilm(shape);
    const x = (n: number, scene: number) =>
      frameAt(plan, n).layers.find(
        (layer): layer is Layer => layer.picture.kind === 'scene' && layer.picture.scene === scene,
      )!.view.x;
    const step = x(1, 0) - x(0, 0);
    for (let n = 1; n < 84; n++) expect(x(n, 0) - x(n - 1, 0)).toBeCloseTo(step, 12);
    for (let n = 73; n < 156; n++) expect(x(n, 1) - x(n - 1, 1)).toBeCloseTo(step, 12);
    expect(x(0, 0)).toBe(0);
  });

  it('goes through a morph’s pictures in order, mixing neighbours only', () => {
    const transition = { kind: 'morph', frames: 12, inBetweens: 3 } as const;
    const plan = planFilm(filmShape(projectOf(['a', 'b'], { transition })));
    const place = (layer: Layer) =>
      layer.picture.kind === 'scene' ? layer.picture.scene * 4 : layer.picture.index;
    for (let i = 0; i < 12; i++) {
      const { layers } = frameAt(plan, 72 + i);
      const [first, second] = layers;
      expect(second === undefined || place(second) === place(first) + 1).toBe(true);
      const position = place(first) + (second?.opacity ?? 0);
      expect(position).toBeCloseTo((4 * (i + 1)) / 13, 12);
    }
  });

  it('lets captions cross-fade with their scenes', () => {
    const plan = planFilm(filmShape(projectOf(['day', 'night'], { captioned: true })));
    expect(frameAt(plan, 10).captions).toEqual([{ text: 'day', size: 'normal', opacity: 1 }]);
    expect(frameAt(plan, 72).captions).toEqual([
      { text: 'day', size: 'normal', opacity: 1 - 1 / 13 },
      { text: 'night', size: 'normal', opacity: 1 / 13 },
    ]);
  });
});

function expectInside({ x, y, width, height }: Layer['view']) {
  const slip = 1e-9;
  expect(Math.min(x, y)).toBeGreaterThanOrEqual(-slip);
  expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + slip);
  expect(width).toBeCloseTo(height, 12);
}
