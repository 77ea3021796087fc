import { betaQuantile } from './beta-quantile.ts';
import type { SchedulerSettings } from './scheduler-fields.ts';
import { linspace } from './spacing.ts';

const f32 = Math.fround;

/** σ = √((1−ᾱ)/ᾱ) at each training timestep. [numTrainTimesteps] */
export function trainingSigmas(alphas: Float32Array): Float32Array {
  return alphas.map((alpha) => Math.sqrt(f32(f32(1 - alpha) / alpha)));
}

/** σ between training timesteps (`np.interp`). */
export function sigmasAt(sigmas: Float32Array, timesteps: readonly number[]): number[] {
  return timesteps.map((timestep) => {
    const low = Math.min(Math.max(Math.floor(timestep), 0), sigmas.length - 1);
    const high = Math.min(low + 1, sigmas.length - 1);
    const weight = Math.min(Math.max(timestep - low, 0), 1);
    return (sigmas[high]! - sigmas[low]!) * weight + sigmas[low]!;
  });
}

/** Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models" (2022), equation 5, ρ = 7. */
export function karrasSigmas(sigmaMax: number, sigmaMin: number, steps: number): number[] {
  const rho = 7;
  const from = sigmaMax ** (1 / rho);
  const to = sigmaMin ** (1 / rho);
  return linspace(0, 1, steps).map((ramp) => (from + ramp * (to - from)) ** rho);
}

/** Equal steps of log σ. */
function exponentialSigmas(sigmaMax: number, sigmaMin: number, steps: number): number[] {
  return linspace(Math.log(sigmaMax), Math.log(sigmaMin), steps).map(Math.exp);
}

/** Lee et al., "Beta Sampling is All You Need" (2024), with diffusers' α = β = 0.6. */
function betaSigmas(sigmaMax: number, sigmaMin: number, steps: number): number[] {
  return linspace(0, 1, steps).map((ramp) => sigmaMin + betaQuantile(1 - ramp, 0.6) * (sigmaMax - sigmaMin));
}

/** The ten timesteps for Stable Diffusion 1 (Sabour et al., "Align Your Steps", 2024; diffusers' `AysSchedules`). */
const alignedTimesteps = [999, 850, 736, 645, 545, 455, 343, 233, 124, 24];

/** Their σ; for other numbers of steps, straight between them in log σ, as the paper's authors show it on their page. */
function alignedSigmas(training: Float32Array, steps: number): number[] {
  const last = training.length - 1;
  const scaled = alignedTimesteps.map((timestep) => (timestep / 999) * last);
  const knots = [...sigmasAt(training, scaled), training[0]!].map(Math.log);
  const spans = knots.length - 1;
  return Array.from({ length: steps }, (_, step) => {
    const at = (step * spans) / steps;
    const low = Math.floor(at);
    return Math.exp(knots[low]! + (at - low) * (knots[low + 1]! - knots[low]!));
  });
}

/** Noise levels on a curve between two; undefined where they follow the timesteps. */
export function curveOf(
  settings: SchedulerSettings,
  training: Float32Array,
): typeof karrasSigmas | undefined {
  if (settings.useKarrasSigmas) return karrasSigmas;
  if (settings.useExponentialSigmas) return exponentialSigmas;
  if (settings.useBetaSigmas) return betaSigmas;
  return settings.useAlignedSigmas ? (_max, _min, steps) => alignedSigmas(training, steps) : undefined;
}

/** The training timestep, not whole, at which the schedule has this σ: linear in log σ. */
export function timestepOfSigma(sigmas: Float32Array, sigma: number): number {
  const logSigma = Math.log(Math.max(sigma, 1e-10));
  const logSigmas = sigmas.map(Math.log);
  const notAbove = logSigmas.findLastIndex((value) => value <= logSigma);
  const low = Math.min(Math.max(notAbove, 0), sigmas.length - 2);
  const span = f32(logSigmas[low]! - logSigmas[low + 1]!);
  const weight = Math.min(Math.max((logSigmas[low]! - logSigma) / span, 0), 1);
  return (1 - weight) * low + weight * (low + 1);
}
