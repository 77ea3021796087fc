import { wholeRect, type Rect } from './motion.ts';

export const transitionIds = [
  'none',
  'cross-fade',
  'fade-black',
  'fade-white',
  'slide',
  'wipe',
  'zoom',
  'dissolve',
  'morph',
] as const;

export type TransitionId = (typeof transitionIds)[number];

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

/** How a layer is put on the frame; layers are painted in order over the ground. */
export interface Placement {
  /** Where the layer's view lands, in parts of the frame; may reach beyond it. */
  readonly target: Rect;
  /** The part of the frame that may be painted. */
  readonly clip: Rect;
  readonly opacity: number;
  /** Below 1: only this share of the frame's cells, chosen by `dissolveThreshold`, is painted. */
  readonly cells: number;
}

export interface TransitionLook {
  readonly ground: 'black' | 'white';
  /** Null: not to be seen. At least one of the two is. */
  readonly from: Placement | null;
  readonly to: Placement | null;
}

export const plainPlacement: Placement = { target: wholeRect, clip: wholeRect, opacity: 1, cells: 1 };

/** α of blended frame i of n: (i + 1) / (n + 1), so that every blended frame is a real mix. */
export const transitionProgress = (index: number, frames: number) => (index + 1) / (frames + 1);

/** What a transition (all but `morph`, which brings its own pictures) looks like at progress 0 < α < 1. */
export function transitionLook(kind: TransitionId, alpha: number): TransitionLook {
  const eased = alpha * alpha * (3 - 2 * alpha);
  switch (kind) {
    case 'none':
      return look(alpha < 0.5 ? {} : null, alpha < 0.5 ? null : {});
    case 'cross-fade':
    case 'morph':
      return look({}, { opacity: alpha });
    case 'fade-black':
      return throughGround('black', alpha);
    case 'fade-white':
      return throughGround('white', alpha);
    case 'slide':
      return look(
        { target: { ...wholeRect, x: -eased }, clip: { ...wholeRect, width: 1 - eased } },
        { target: { ...wholeRect, x: 1 - eased }, clip: { ...wholeRect, x: 1 - eased, width: eased } },
      );
    case 'wipe':
      return look({}, { clip: { ...wholeRect, width: eased } });
    case 'zoom':
      return look({ target: enlarged(1 + eased / 2) }, { target: enlarged(1.5 - eased / 2), opacity: eased });
    case 'dissolve':
      return look({}, { cells: alpha });
  }
}

function look(from: Partial<Placement> | null, to: Partial<Placement> | null): TransitionLook {
  return {
    ground: 'black',
    from: from && { ...plainPlacement, ...from },
    to: to && { ...plainPlacement, ...to },
  };
}

function throughGround(ground: 'black' | 'white', alpha: number): TransitionLook {
  const early = alpha < 0.5;
  return {
    ground,
    from: early ? { ...plainPlacement, opacity: 1 - 2 * alpha } : null,
    to: early ? null : { ...plainPlacement, opacity: 2 * alpha - 1 },
  };
}

const enlarged = (scale: number): Rect => ({
  x: (1 - scale) / 2,
  y: (1 - scale) / 2,
  width: scale,
  height: scale,
});

/**
 * Cell (column, row) is painted once the dissolve's share exceeds this; evenly spread over 0 … 1 and the same on every machine.
 * An integer hash with full avalanche (the finaliser of MurmurHash3).
 */
export function dissolveThreshold(column: number, row: number): number {
  let hash = Math.imul(column + 1, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
