import type { PredictionType } from './scheduler-fields.ts';
import { quotient, weightedSum } from '../weighted-sum.ts';

const f32 = Math.fround;

/**
 * The picture x̂₀ that the model's answer stands for, where the sample is xₜ = α·x₀ + σ·ε with α² + σ² = 1 (DDIM, DPM-Solver …).
 * v-prediction: Salimans and Ho, "Progressive Distillation" (2022), appendix D.
 */
export function predictOriginal(
  predictionType: PredictionType,
  alpha: number,
  sigma: number,
  modelOutput: Float32Array,
  sample: Float32Array,
): Float32Array {
  switch (predictionType) {
    case 'epsilon':
      return quotient(weightedSum([1, sample], [-sigma, modelOutput]), alpha);
    case 'v_prediction':
      return weightedSum([alpha, sample], [-sigma, modelOutput]);
    case 'sample':
      return modelOutput;
  }
}

/** The same, at a training timestep with this ᾱ. */
export function predictOriginalAtAlpha(
  predictionType: PredictionType,
  alphaCumprod: number,
  modelOutput: Float32Array,
  sample: Float32Array,
): Float32Array {
  const alpha = f32(Math.sqrt(alphaCumprod));
  const sigma = f32(Math.sqrt(f32(1 - alphaCumprod)));
  return predictOriginal(predictionType, alpha, sigma, modelOutput, sample);
}

/** The same where the sample is xₜ = x₀ + σ·ε (Karras et al., 2022: Euler, Heun, LMS). */
export function predictOriginalAtSigma(
  predictionType: PredictionType,
  sigma: number,
  modelOutput: Float32Array,
  sample: Float32Array,
): Float32Array {
  switch (predictionType) {
    case 'epsilon':
      return weightedSum([1, sample], [-sigma, modelOutput]);
    case 'v_prediction': {
      const variance = f32(f32(sigma ** 2) + 1);
      const skipped = quotient(sample, variance);
      return weightedSum([-sigma / f32(Math.sqrt(variance)), modelOutput], [1, skipped]);
    }
    case 'sample':
      return modelOutput;
  }
}

/** dx/dσ of the probability-flow ODE at this σ. */
export function slopeAtSigma(sample: Float32Array, original: Float32Array, sigma: number): Float32Array {
  return quotient(weightedSum([1, sample], [-1, original]), sigma);
}
