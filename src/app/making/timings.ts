import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { DrawnBy, Timing } from '../engine/progress.ts';

/** This device's own measured times, one for each model, backend and size; they outlive the visit. */
export type Timings = Readonly<Record<string, Timing>>;

const maxTimings = 40;

/** Without guidance a step is one pass of the model instead of two. */
export function timingKey(
  model: { readonly id: string; readonly revision: string },
  backend: DrawnBy,
  { width, height, guidanceScale }: Pick<ImageSettings, 'width' | 'height' | 'guidanceScale'>,
): string {
  const passes = guidanceScale === 1 ? 1 : 2;
  return `${model.id}@${model.revision} ${backend} ${width}x${height} ${passes}`;
}

/** The newest come last; the oldest make room. */
export function recordTiming(timings: Timings, key: string, timing: Timing): Timings {
  const others = Object.entries(timings).filter(([other]) => other !== key);
  return Object.fromEntries([...others, [key, timing] as const].slice(-maxTimings));
}

/** Seconds for one picture of so many model calls; null where nothing has been measured. */
export function pictureSec(timing: Timing | undefined, calls: number): number | null {
  return timing ? (calls * timing.stepMs + timing.decodeMs) / 1000 : null;
}
