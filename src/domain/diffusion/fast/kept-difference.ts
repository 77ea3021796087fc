import { weightedSum } from '../weighted-sum.ts';

/**
 * Guidance from what it was before: what it adds to the prompt's own prediction, (scale − 1) · (c − u), changes slowly from call to call, so
 * that the last one stands for the next and the pass without a prompt is saved. Source: Lv et al., "FasterCache" (2024, arXiv 2410.19355),
 * section 3.2, without its split into frequencies.
 */
export interface KeptDifference {
  /** Of a call that was guided in earnest: the result, and the prediction for the prompt alone. */
  keep(guided: Float32Array, conditional: Float32Array): void;
  /** False until something was kept. */
  readonly isKnown: boolean;
  /** The prompt's prediction with the kept difference. */
  applyTo(conditional: Float32Array): Float32Array;
}

export function createKeptDifference(): KeptDifference {
  let difference: Float32Array | undefined;
  return {
    keep: (guided, conditional) => {
      difference = weightedSum([1, guided], [-1, conditional]);
    },
    get isKnown() {
      return difference !== undefined;
    },
    applyTo: (conditional) => (difference ? weightedSum([1, conditional], [1, difference]) : conditional),
  };
}
