import type { Told } from '../making/tracker.ts';
import type { WorkProgress } from './jobs.ts';

/** Steps of all pictures together, told at each. */
export function pictureProgress(
  now: () => number,
  tell: (progress: WorkProgress) => void,
): (told: Told) => void {
  return ({ progress, expectedEndMs }) => {
    if (!('steps' in progress.now)) return;
    const { step, steps } = progress.now;
    const { imageIndex, imageCount } = progress;
    const etaSec = expectedEndMs === null ? null : (expectedEndMs - now()) / 1000;
    tell({ step: imageIndex * steps + (step ?? 0), steps: imageCount * steps, etaSec });
  };
}
