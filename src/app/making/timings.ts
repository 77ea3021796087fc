import type { Speed } from '../../domain/diffusion/fast/speeds.ts';
import { needsGuidance } from '../../domain/diffusion/guidance.ts';
import { modelCalls } from '../../domain/diffusion/samplers/model-calls.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { DrawnBy, Timing } from '../engine/progress.ts';

/** This device's own measured times, one for each model, backend and size; they outlive the visit. */
export type Timings = Readonly<Record<string, Timing>>;

/** What a measured time is for. */
export type Timed = Pick<ImageSettings, 'width' | 'height' | 'guidanceScale' | 'speed'>;

const maxTimings = 40;

/** Without guidance a step is one pass of the model instead of two; a fast picture is counted in passes. */
export function timingKey(
  model: { readonly id: string; readonly revision: string },
  backend: DrawnBy,
  { width, height, guidanceScale, speed }: Timed,
): string {
  const passes = guidanceScale === 1 || speed === 'fast' ? 1 : 2;
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

/** Of one picture, in both ways. */
export interface SpeedTimes {
  readonly exactSec: number;
  readonly fastSec: number;
}

/** From whichever of both was measured; null where neither was. */
export function speedTimes(
  timings: Timings,
  model: { readonly id: string; readonly revision: string },
  backend: DrawnBy,
  settings: Timed & Pick<ImageSettings, 'sampler' | 'steps'>,
  strength = 1,
): SpeedTimes | null {
  const timed = (speed: Speed) => timings[timingKey(model, backend, { ...settings, speed })];
  const [exact, fast] = [timed('exact'), timed('fast')];
  if (!exact && !fast) return null;
  const passes = passesOfCall(backend, settings);
  const times = (factor: number, timing: Timing | undefined) =>
    timing && { ...timing, stepMs: timing.stepMs * factor };
  const seconds = (speed: Speed, timing: Timing | undefined) =>
    pictureSec(timing, modelCalls({ ...settings, speed }, strength))!;
  return {
    exactSec: seconds('exact', exact ?? times(passes, fast)),
    fastSec: seconds('fast', fast ?? times(1 / passes, exact)),
  };
}

/** How many single passes a call with guidance takes as long as: on a GPU two in one batch cost less (bench/README.md). */
function passesOfCall(backend: DrawnBy, { guidanceScale }: Timed): number {
  if (!needsGuidance(guidanceScale)) return 1;
  return backend === 'webgpu' ? 1.5 : 2;
}
