import { AppError } from '../errors.ts';
import { weightedSum } from './weighted-sum.ts';

export type LatentShape = readonly [batch: 1, channels: number, height: number, width: number];

/**
 * [1, channels, height/8, width/8] for the usual autoencoder with `scaleFactor` 8.
 * @throws AppError `bad-input` (field `width` or `height`) for a side that the autoencoder cannot make
 */
export function latentShape(
  width: number,
  height: number,
  channels: number,
  scaleFactor: number,
): LatentShape {
  for (const [field, side] of Object.entries({ width, height })) {
    if (side > 0 && Number.isInteger(side / scaleFactor)) continue;
    throw new AppError('bad-input', `${side} is not a multiple of ${scaleFactor} pixels`, { field });
  }
  return [1, channels, height / scaleFactor, width / scaleFactor];
}

export function shapeLength(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** (1 − t) · from + t · to; exactly the ends at 0 and 1. */
export function lerp(from: Float32Array, to: Float32Array, t: number): Float32Array {
  return weightedSum([1 - t, from], [t, to]);
}

/**
 * Spherical interpolation (Shoemake, 1985). Between two noises it keeps the length that the model expects, where `lerp` would give
 * weaker noise in the middle. Nearly parallel arrays are interpolated straight.
 */
export function slerp(from: Float32Array, to: Float32Array, t: number): Float32Array {
  const cosine = dot(from, to) / Math.sqrt(dot(from, from) * dot(to, to));
  if (!(Math.abs(cosine) < nearlyParallel)) return lerp(from, to, t);
  const angle = Math.acos(cosine);
  const sine = Math.sin(angle);
  return weightedSum([Math.sin((1 - t) * angle) / sine, from], [Math.sin(t * angle) / sine, to]);
}

const nearlyParallel = 0.9995;

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}
