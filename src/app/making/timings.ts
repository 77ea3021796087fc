import type { ImageSettings } from '../../domain/recipe/settings.ts';
import type { Backend } from '../../engine/protocol.ts';
import type { Pace } from './progress.ts';

/** This device's own measured times, one for each model, backend and size; they outlive the visit. */
export type Paces = Readonly<Record<string, Pace>>;

const maxPaces = 40;

/** Without guidance a step is one pass of the model instead of two. */
export function paceKey(
  model: { readonly id: string; readonly revision: string },
  backend: Backend,
  { width, height, guidanceScale }: Pick<ImageSettings, 'width' | 'height' | 'guidanceScale'>,
): string {
  const passes = guidanceScale === 1 ? 1 : 2;
  return `${model.id}@${model.revision} ${backend} ${width}x${height} ${passes}`;
}

/** The newest come last; the oldest make room. */
export function recordPace(paces: Paces, key: string, pace: Pace): Paces {
  const others = Object.entries(paces).filter(([other]) => other !== key);
  return Object.fromEntries([...others, [key, pace] as const].slice(-maxPaces));
}

/** Seconds for one picture of `steps` model calls; null where nothing has been measured. */
export function pictureSec(pace: Pace | undefined, steps: number): number | null {
  return pace ? (steps * pace.stepMs + pace.decodeMs) / 1000 : null;
}
