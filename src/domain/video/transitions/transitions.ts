/** The transitions, one file each: this table is all that knows of them. */
import { crossFade } from './cross-fade.ts';
import { dissolve } from './dissolve.ts';
import { fadeBlack, fadeWhite } from './fade-through.ts';
import type { LookAt, TransitionLook } from './look.ts';
import { none } from './none.ts';
import { slide } from './slide.ts';
import { wipe } from './wipe.ts';
import { zoom } from './zoom.ts';

/** In the order of the page's list. */
const looks = {
  none,
  'cross-fade': crossFade,
  'fade-black': fadeBlack,
  'fade-white': fadeWhite,
  slide,
  wipe,
  zoom,
  dissolve,
  // It brings pictures of its own (`timeline.ts`); where they are missing, the two scenes are mixed.
  morph: crossFade,
} as const satisfies Readonly<Record<string, LookAt>>;

export type TransitionId = keyof typeof looks;

export const transitionIds = Object.keys(looks) as readonly TransitionId[];

export interface Transition {
  readonly kind: TransitionId;
  /** Not used by `none`. */
  readonly frames: number;
  /** For `morph`: how many pictures are generated between the two scenes. */
  readonly inBetweens: number;
}

export const defaultInBetweens = 3;

export const effectiveFrames = (transition: Transition) =>
  transition.kind === 'none' ? 0 : transition.frames;

/** α of blended frame i of n: (i + 1) / (n + 1), so that every blended frame is a real mix. */
export const transitionProgress = (index: number, frames: number) => (index + 1) / (frames + 1);

/** What a transition looks like at progress 0 < α < 1. */
export const transitionLook = (kind: TransitionId, alpha: number): TransitionLook => looks[kind](alpha);
