/** Terms after which the series below has every digit of a double: each is at most half of the one before. */
const termCount = 60;

/** Halvings of [0, ½] until doubles have nothing between. */
const halvings = 60;

/**
 * Where a symmetric Beta distribution has this share of its mass to the left: `scipy.stats.beta.ppf(share, shape, shape)`.
 * @param share 0 … 1
 * @param shape α = β > 0
 */
export function betaQuantile(share: number, shape: number): number {
  if (share > 0.5) return 1 - betaQuantile(1 - share, shape);
  const wanted = share * 2 * massBelow(0.5, shape);
  let [low, high] = [0, 0.5];
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (low + high) / 2;
    if (massBelow(middle, shape) < wanted) low = middle;
    else high = middle;
  }
  return share === 0 ? 0 : high;
}

/** ∫₀ˣ tᵃ⁻¹(1−t)ᵃ⁻¹ dt by the binomial series (DLMF 8.17.7), for x ≤ ½. */
function massBelow(x: number, shape: number): number {
  let [coefficient, sum] = [1, 0];
  for (let term = 0; term < termCount; term++) {
    sum += coefficient / (shape + term);
    coefficient *= ((1 - shape + term) / (term + 1)) * x;
  }
  return x ** shape * sum;
}
