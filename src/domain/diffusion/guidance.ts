import { weightedSum } from './weighted-sum.ts';

/** Whether both prompts must be asked. At 1 the formula leaves the prompt's own answer; every other scale, 0 too, needs the pair. */
export function needsGuidance(guidanceScale: number): boolean {
  return guidanceScale !== 1;
}

/**
 * Classifier-free guidance (Ho and Salimans, 2022): u + scale · (c − u). A scale of 0 gives the negative prompt's answer alone, between
 * 0 and 1 the two are mixed, above 1 the difference is exaggerated.
 */
export function combineGuidance(
  unconditional: Float32Array,
  conditional: Float32Array,
  guidanceScale: number,
): Float32Array {
  const difference = weightedSum([1, conditional], [-1, unconditional]);
  return weightedSum([1, unconditional], [guidanceScale, difference]);
}
