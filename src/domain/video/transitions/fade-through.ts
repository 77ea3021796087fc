import { look, type LookAt, type TransitionLook } from './look.ts';

/** Down to the ground, then up from it. */
const throughGround =
  (ground: TransitionLook['ground']): LookAt =>
  (alpha) =>
    alpha < 0.5
      ? look({ opacity: 1 - 2 * alpha }, null, ground)
      : look(null, { opacity: 2 * alpha - 1 }, ground);

export const fadeBlack = throughGround('black');
export const fadeWhite = throughGround('white');
