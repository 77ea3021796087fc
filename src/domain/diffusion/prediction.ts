import type { PredictionType, SchedulerSettings } from './scheduler-fields.ts';
import { weightedSum } from './weighted-sum.ts';

/** What the model's answer says about the picture, as x̂₀ = `sample` · xₜ + `output` · answer. */
interface OriginalWeights {
  readonly sample: number;
  readonly output: number;
}

/** For samples of the variance-preserving process, xₜ = α·x₀ + σ·ε with α² + σ² = 1. */
export function predictOriginal(
  settings: SchedulerSettings,
  alpha: number,
  sigma: number,
  modelOutput: Float32Array,
  sample: Float32Array,
): Float32Array {
  const weights = preservingWeights(settings.predictionType, alpha, sigma);
  return weightedSum([weights.sample, sample], [weights.output, modelOutput]);
}

/** For samples scaled by noise level, xₜ = x₀ + σ·ε (Karras et al., 2022). */
export function predictOriginalAtSigma(
  predictionType: PredictionType,
  sigma: number,
  modelOutput: Float32Array,
  sample: Float32Array,
): Float32Array {
  const weights = sigmaWeights(predictionType, sigma);
  return weightedSum([weights.sample, sample], [weights.output, modelOutput]);
}

function preservingWeights(predictionType: PredictionType, alpha: number, sigma: number): OriginalWeights {
  switch (predictionType) {
    case 'epsilon':
      return { sample: 1 / alpha, output: -sigma / alpha };
    case 'v_prediction':
      return { sample: alpha, output: -sigma };
    case 'sample':
      return { sample: 0, output: 1 };
  }
}

function sigmaWeights(predictionType: PredictionType, sigma: number): OriginalWeights {
  const variance = sigma ** 2 + 1;
  switch (predictionType) {
    case 'epsilon':
      return { sample: 1, output: -sigma };
    case 'v_prediction':
      return { sample: 1 / variance, output: -sigma / Math.sqrt(variance) };
    case 'sample':
      return { sample: 0, output: 1 };
  }
}
