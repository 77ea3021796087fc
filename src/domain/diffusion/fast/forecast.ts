/**
 * The denoised picture at a call that the model is not asked at, as a weighted sum of those at calls before. Source: "Spectrum" (2026, arXiv
 * 2603.01623): a Chebyshev fit over the run, blended with a Taylor step from the newest ones. There it is the network's features that are
 * forecast; here it is what it says of the picture, so that any graph will do.
 */
import { solveLinear } from '../linear-system.ts';
import { weightedSum } from '../weighted-sum.ts';

export interface ForecastRule {
  /** 0: Taylor alone, 1: Chebyshev alone. */
  readonly chebyshev: number;
  /** Of the polynomials that are fitted. */
  readonly degree: number;
  /** Keeps the fit's coefficients small. */
  readonly ridge: number;
  /** Of the Taylor step: 0 repeats the newest, 1 goes on in a straight line. */
  readonly taylor: number;
}

/** A call that the model was asked at. `time`: 1 at the start of the run, 0 at its end. */
export interface Known {
  readonly time: number;
  readonly original: Float32Array;
}

/** @param known oldest first; at least one */
export function forecastOriginal(known: readonly Known[], time: number, rule: ForecastRule): Float32Array {
  const times = known.map((each) => each.time);
  const fitted = chebyshevWeights(times, time, rule);
  const stepped = taylorWeights(times, time, rule.taylor);
  return weightedSum(
    ...known.map(({ original }, at) => {
      const weight = rule.chebyshev * fitted[at]! + (1 - rule.chebyshev) * stepped[at]!;
      return [weight, original] as const;
    }),
  );
}

/**
 * Weights of ridge regression over Chebyshev polynomials on 0 … 1, one for each of `times`. The fit is of the differences from the newest value, so that
 * the ridge pulls towards no change rather than towards nothing: weights sum to 1.
 */
export function chebyshevWeights(
  times: readonly number[],
  time: number,
  { degree, ridge }: Pick<ForecastRule, 'degree' | 'ridge'>,
): readonly number[] {
  const rows = times.map((each) => polynomials(each, degree));
  const size = degree + 1;
  const normal = Array.from({ length: size }, (_, a) =>
    Array.from(
      { length: size },
      (_, b) => rows.reduce((sum, row) => sum + row[a]! * row[b]!, 0) + (a === b ? ridge : 0),
    ),
  );
  const solved = solveLinear(normal, polynomials(time, degree));
  const weights = rows.map((row) => row.reduce((sum, value, at) => sum + value * solved[at]!, 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, at) => (at === weights.length - 1 ? weight + 1 - total : weight));
}

/** T₀ … T_degree at `time`, whose 0 … 1 is the polynomials' −1 … 1. */
function polynomials(time: number, degree: number): number[] {
  const x = 2 * time - 1;
  const values = [1, x];
  while (values.length <= degree) values.push(2 * x * values.at(-1)! - values.at(-2)!);
  return values.slice(0, degree + 1);
}

/** Newton's divided differences through the newest `order + 1`, as far as there are so many at different times. Weights sum to 1. */
export function taylorWeights(times: readonly number[], time: number, order: number): readonly number[] {
  const used: number[] = [];
  for (let at = times.length - 1; at >= 0 && used.length <= order; at--)
    if (used.every((other) => times[other] !== times[at])) used.push(at);
  return times.map((own, at) => {
    if (!used.includes(at)) return 0;
    const others = used.filter((other) => other !== at).map((other) => times[other]!);
    return others.reduce((product, other) => (product * (time - other)) / (own - other), 1);
  });
}
