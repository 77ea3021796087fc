import type { CaptionSize } from './caption-size.ts';
import type { MotionId } from './motion.ts';
import { effectiveFrames, type Transition } from './transitions/transitions.ts';
import { frameTime } from './rates.ts';
import { FilmError, filmProblem, type FilmProblem } from './film-problem.ts';

/** `insert`: transitions are added between scenes (the API's arithmetic). `overlap`: they take their frames from both scenes. */
export const transitionModes = ['insert', 'overlap'] as const;
export type TransitionMode = (typeof transitionModes)[number];

export interface ShapedScene {
  readonly frames: number;
  readonly motion: MotionId;
  /** Empty: none. */
  readonly caption: string;
}

/** All that decides which picture is where on which frame. */
export interface FilmShape {
  readonly fps: number;
  readonly mode: TransitionMode;
  readonly captionSize: CaptionSize;
  /** At least one. */
  readonly scenes: readonly ShapedScene[];
  /** Transition i lies between scene i and scene i + 1: one fewer than scenes. */
  readonly transitions: readonly Transition[];
}

/** Half-open: `start` belongs to it, `end` does not. */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

export type Segment =
  | (FrameRange & { readonly kind: 'scene'; readonly scene: number })
  /** From scene `after` to scene `after + 1`. */
  | (FrameRange & { readonly kind: 'transition'; readonly after: number });

export interface FilmPlan {
  readonly shape: FilmShape;
  /** In order, without gaps, from 0 to `totalFrames`; never empty ones. */
  readonly segments: readonly Segment[];
  /** Where each scene can be seen, its transitions included. */
  readonly visible: readonly FrameRange[];
  readonly totalFrames: number;
  readonly totalDurationSec: number;
}

/**
 * Lays scenes and transitions out on integer frames.
 * Throws `bad-input` with the field `scenes.<i>.durationSec` when overlapping transitions do not fit into a scene, or a scene has no frame.
 */
export function planFilm(shape: FilmShape): FilmPlan {
  const lengths = shape.transitions.map(effectiveFrames);
  const segments: Segment[] = [];
  const visible: FrameRange[] = [];
  let at = 0;
  shape.scenes.forEach((scene, index) => {
    const before = lengths[index - 1] ?? 0;
    const after = lengths[index] ?? 0;
    const alone = framesAlone(shape, index, before, after);
    visible.push({ start: at - before, end: at + alone + after });
    if (alone > 0) segments.push({ kind: 'scene', scene: index, start: at, end: at + alone });
    at += alone;
    if (after > 0) segments.push({ kind: 'transition', after: index, start: at, end: at + after });
    at += after;
    if (scene.frames < 1) throw tooShort(index, filmProblem('noFrames'));
  });
  return { shape, segments, visible, totalFrames: at, totalDurationSec: frameTime(at, shape.fps) };
}

/** How many frames show only this scene. */
function framesAlone(shape: FilmShape, index: number, before: number, after: number): number {
  const { frames } = shape.scenes[index]!;
  if (shape.mode === 'insert') return frames;
  if (before + after > frames) {
    throw tooShort(index, filmProblem('overlapped', before + after, frames));
  }
  return frames - before - after;
}

const tooShort = (index: number, what: FilmProblem) => new FilmError(what, `scenes.${index}.durationSec`);
