import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyShape, projectOf } from '../../testing/films.ts';
import { planFilm, type FilmShape } from './plan.ts';
import { framesIn, frameTime } from './rates.ts';
import { filmShape } from './project.ts';
import { effectiveFrames } from './transitions/transitions.ts';

const shapeOf = (frames: number[], lengths: number[], mode: FilmShape['mode']): FilmShape => ({
  fps: 24,
  mode,
  captionSize: 'normal',
  scenes: frames.map((each) => ({ frames: each, motion: 'still', caption: '' })),
  transitions: lengths.map((each) => ({ kind: 'cross-fade', frames: each, inBetweens: 3 })),
});

describe('planFilm', () => {
  it('makes 240 frames, 10 s, of three scenes at the contract’s defaults', () => {
    const plan = planFilm(filmShape(projectOf(['a', 'b', 'c'])));
    expect([plan.totalFrames, plan.totalDurationSec]).toEqual([240, 10]);
  });

  it.each([
    [3, 24, 72],
    [0.29, 100, 28],
    [1.99, 1, 1],
    [2.5, 30, 75],
    [0.04, 24, 0],
  ])('gives a scene of %d s at %d fps %d frames, as Python’s int() does', (durationSec, fps, frames) => {
    expect(framesIn(durationSec, fps)).toBe(frames);
  });

  it('adds transitions between scenes in insert mode', () => {
    const { segments } = planFilm(shapeOf([10, 10], [4], 'insert'));
    expect(segments).toEqual([
      { kind: 'scene', scene: 0, start: 0, end: 10 },
      { kind: 'transition', after: 0, start: 10, end: 14 },
      { kind: 'scene', scene: 1, start: 14, end: 24 },
    ]);
  });

  it('takes transitions out of both scenes in overlap mode', () => {
    const { segments, visible } = planFilm(shapeOf([10, 10, 10], [4, 6], 'overlap'));
    expect(segments).toEqual([
      { kind: 'scene', scene: 0, start: 0, end: 6 },
      { kind: 'transition', after: 0, start: 6, end: 10 },
      { kind: 'transition', after: 1, start: 10, end: 16 },
      { kind: 'scene', scene: 2, start: 16, end: 20 },
    ]);
    expect(visible).toEqual([
      { start: 0, end: 10 },
      { start: 6, end: 16 },
      { start: 10, end: 20 },
    ]);
  });

  it('refuses transitions that overlap a scene by more than it lasts, and names the scene', () => {
    expect(() => planFilm(shapeOf([10, 9, 10], [4, 6], 'overlap'))).toThrow(
      expect.objectContaining({ code: 'bad-input', field: 'scenes.1.durationSec' }),
    );
  });

  it('refuses a scene without a frame', () => {
    expect(() => planFilm(shapeOf([10, 0], [4], 'insert'))).toThrow(
      expect.objectContaining({ code: 'bad-input', field: 'scenes.1.durationSec' }),
    );
  });

  it('has exact totals and segments without gaps for any film', () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const plan = planFilm(shape);
        const scenes = shape.scenes.reduce((sum, scene) => sum + scene.frames, 0);
        const between = shape.transitions.reduce((sum, each) => sum + effectiveFrames(each), 0);
        expect(plan.totalFrames).toBe(shape.mode === 'insert' ? scenes + between : scenes - between);
        expect(plan.totalDurationSec).toBe(frameTime(plan.totalFrames, shape.fps));
        expect(plan.segments[0]!.start).toBe(0);
        expect(plan.segments.at(-1)!.end).toBe(plan.totalFrames);
        plan.segments.slice(1).forEach((each, i) => expect(each.start).toBe(plan.segments[i]!.end));
        for (const { start, end } of plan.segments) expect(end).toBeGreaterThan(start);
      }),
      { numRuns: 3000 },
    );
  });

  it('shows every scene for its own frames and those of inserted transitions', () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const lengths = shape.transitions.map(effectiveFrames);
        planFilm(shape).visible.forEach(({ start, end }, i) => {
          const inserted = shape.mode === 'insert' ? (lengths[i - 1] ?? 0) + (lengths[i] ?? 0) : 0;
          expect(end - start).toBe(shape.scenes[i]!.frames + inserted);
        });
      }),
      { numRuns: 1000 },
    );
  });
});
