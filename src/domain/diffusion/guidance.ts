import { weightedSum } from './weighted-sum.ts';

/**
 * Whether both prompts must be asked, as the reference decides it (`do_classifier_free_guidance`): at 1 and below the model draws the prompt
 * in one pass, 0 included, which is what distilled models (Turbo, LCM) ask for.
 */
export function needsGuidance(guidanceScale: number): boolean {
  return guidanceScale > 1;
}

/**
 * Classifier-free guidance (Ho and Salimans, 2022): u + scale · (c − u). Above 1 the difference that the
 * prompt makes is exaggerated.
 */
export function combineGuidance(
  unconditional: Float32Array,
  conditional: Float32Array,
  guidanceScale: number,
): Float32Array {
  const difference = weightedSum([1, conditional], [-1, unconditional]);
  return weightedSum([1, unconditional], [guidanceScale, difference]);
}

/** The same with several conditions: u + scale · Σ wᵢ · (cᵢ − u), as AUTOMATIC1111's `AND` (composable diffusion, Liu et al., 2022). */
export function combineSeveral(
  unconditional: Float32Array,
  conditional: readonly Float32Array[],
  weights: readonly number[],
  guidanceScale: number,
): Float32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weightedSum(
    [1 - guidanceScale * total, unconditional],
    ...conditional.map((values, at) => [guidanceScale * weights[at]!, values] as const),
  );
}
