import type { FastWay } from './fast-way.ts';

/** As the reference makes it, or in about half the time and nearly the same. */
export const speeds = ['exact', 'fast'] as const;
export type Speed = (typeof speeds)[number];

/**
 * What `fast` means: every call guided as ever, and more and more of them forecast (chosen by `npm run bench -- fast`, bench/README.md). Recipes say `fast`, so that a
 * change here would make other pictures of them: another way needs another name.
 */
const fast: FastWay = {
  guidedUntil: 1,
  guidedEvery: 1,
  afterwards: 'unguided',
  forecast: {
    chebyshev: 0.5,
    degree: 3,
    ridge: 0.3,
    taylor: 1,
    warmUp: 4,
    shortBelow: 20,
    window: 2,
    growth: 0.75,
    tail: 2,
  },
  steps: 1,
  fewestSteps: 1,
};

/** Undefined: as the reference makes it. */
export const wayOf = (speed: Speed | undefined): FastWay | undefined => (speed === 'fast' ? fast : undefined);
