/** One term of a sum of arrays: a factor and the values it multiplies. */
export type Term = readonly [factor: number, values: Float32Array];

/**
 * Σ factor · values, element by element. Every product and sum is rounded to float32 as in the reference: at σ = 4096 of a zero-SNR
 * schedule, the rounding is what decides the digits that are left when the large parts cancel.
 */
export function weightedSum(...terms: readonly Term[]): Float32Array {
  const sum = new Float32Array(terms[0]?.[1].length ?? 0);
  for (const [factor, values] of terms) addScaled(sum, Math.fround(factor), values);
  return sum;
}

/** values / divisor in float32. */
export function quotient(values: Float32Array, divisor: number): Float32Array {
  return values.map((value) => value / divisor);
}

function addScaled(sum: Float32Array, factor: number, values: Float32Array): void {
  for (let at = 0; at < sum.length; at++) sum[at] = sum[at]! + Math.fround(factor * values[at]!);
}
