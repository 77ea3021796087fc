/** One term of a sum of arrays: a factor and the values it multiplies. */
export type Term = readonly [factor: number, values: Float32Array];

/** Σ factor · values, element by element, in double and rounded once. All arrays have one length. */
export function weightedSum(...terms: readonly Term[]): Float32Array {
  const length = terms[0]?.[1].length ?? 0;
  const sum = new Float64Array(length);
  for (const [factor, values] of terms) {
    for (let at = 0; at < length; at++) sum[at] = sum[at]! + factor * values[at]!;
  }
  return Float32Array.from(sum);
}
