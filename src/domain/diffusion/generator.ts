import { createGenerator, type Generator } from './noise.ts';
import type { NoiseSource } from './noise-source.ts';
import { createPhilox } from './philox.ts';

/** What a picture's random numbers come from. */
export interface NoiseSeed {
  /** 0 … 2^53 − 1 */
  readonly seed: number;
  /** Without it: `torch-cpu`. */
  readonly noise?: NoiseSource | undefined;
}

/** The random numbers that a seed stands for. */
export function generatorFor({ seed, noise }: NoiseSeed): Generator {
  return noise === 'nvidia' ? createPhilox(seed) : createGenerator(seed);
}
