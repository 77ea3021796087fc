/** How two scenes lie over each other while one becomes the other. */
import { wholeRect, type Rect } from '../motion.ts';

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

/** What a transition looks like at progress 0 < α < 1. */
export type LookAt = (alpha: number) => TransitionLook;

export const plainPlacement: Placement = { target: wholeRect, clip: wholeRect, opacity: 1, cells: 1 };

/** What is left out is as in `plainPlacement`. */
export const look = (
  from: Partial<Placement> | null,
  to: Partial<Placement> | null,
  ground: TransitionLook['ground'] = 'black',
): TransitionLook => ({
  ground,
  from: from && { ...plainPlacement, ...from },
  to: to && { ...plainPlacement, ...to },
});

/** Begins and ends slowly. */
export const eased = (alpha: number) => alpha * alpha * (3 - 2 * alpha);
