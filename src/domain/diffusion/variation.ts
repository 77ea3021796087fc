/** Noise near another: AUTOMATIC1111's "variation seed". */
import { weightedSum } from './weighted-sum.ts';

export interface Variation {
  /** As `ImageSettings.seed`. */
  readonly seed: number;
  /** 0: the picture's own noise … 1: that of the variation's seed. */
  readonly strength: number;
}

/** [channels, height, width] */
export type NoiseShape = readonly [channels: number, height: number, width: number];

/**
 * Spherical interpolation of two noises, for each column of each channel by itself: so the web UI's `slerp` does it (modules/rng.py), which
 * takes norms along the height. Equal noises stay as they are.
 */
export function variedNoise(
  noise: Float32Array,
  other: Float32Array,
  strength: number,
  shape: NoiseShape,
): Float32Array {
  const columns = columnsOf(shape);
  const cosines = columns.map((column) => cosineOf(noise, other, column));
  const meanCosine = cosines.reduce((sum, cosine) => sum + cosine, 0) / columns.length;
  if (meanCosine > nearlyEqual) return weightedSum([strength, noise], [1 - strength, other]);
  const varied = new Float32Array(noise.length);
  columns.forEach((column, at) => {
    const angle = Math.acos(cosines[at]!);
    const [own, others] = [Math.sin((1 - strength) * angle), Math.sin(strength * angle)];
    for (const place of column) {
      varied[place] = (own * noise[place]! + others * other[place]!) / Math.sin(angle);
    }
  });
  return varied;
}

const nearlyEqual = 0.9995;

/** The places of each column's values. */
function columnsOf([channels, height, width]: NoiseShape): readonly (readonly number[])[] {
  return Array.from({ length: channels * width }, (_, column) => {
    const first = Math.floor(column / width) * height * width + (column % width);
    return Array.from({ length: height }, (__, row) => first + row * width);
  });
}

function cosineOf(a: Float32Array, b: Float32Array, column: readonly number[]): number {
  const dot = (x: Float32Array, y: Float32Array) =>
    column.reduce((sum, place) => sum + x[place]! * y[place]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
