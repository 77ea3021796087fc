/** How far a run is that several machines share. */
import { leftMs, type Spread } from '../../domain/spread/spread.ts';
import { beginProgress } from '../engine/progress.ts';
import type { Told } from './tracker.ts';

/** `imageCount`: more may follow than are shared. */
export function spreadProgress(
  spread: Spread,
  {
    nowMs,
    steps,
    imageCount,
  }: { readonly nowMs: number; readonly steps: number; readonly imageCount: number },
): Told {
  const { done, running } = spread;
  const left = imageCount === spread.partCount ? leftMs(spread, nowMs) : null;
  return {
    progress: {
      ...beginProgress(steps, imageCount, null),
      now: { phase: 'spread', machines: new Set(running.map(({ machine }) => machine)).size },
      imageIndex: done.length,
      fraction: done.length / imageCount,
    },
    expectedEndMs: left === null ? null : nowMs + left,
  };
}
