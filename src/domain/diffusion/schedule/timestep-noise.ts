import { weightedSum } from '../weighted-sum.ts';

/** The forward process at a whole training timestep: √ᾱ·x₀ + √(1−ᾱ)·ε. */
export function addNoiseAtTimestep(
  alphas: Float32Array,
  timestep: number,
  original: Float32Array,
  noise: Float32Array,
): Float32Array {
  const alpha = alphas[timestep]!;
  return weightedSum([Math.sqrt(alpha), original], [Math.sqrt(1 - alpha), noise]);
}
