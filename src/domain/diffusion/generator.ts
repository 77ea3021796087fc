import { createGenerator, type Generator } from './noise.ts';
import type { NoiseSource } from './noise-source.ts';
import { createPhilox } from './philox.ts';

/** The random numbers that a seed stands for. */
export function generatorFor({
  seed,
  noise,
}: {
  readonly seed: number;
  readonly noise?: NoiseSource | undefined;
}): Generator {
  return noise === 'nvidia' ? createPhilox(seed) : createGenerator(seed);
}
