import type { SchedulerSettings } from './scheduler-fields.ts';

const f32 = Math.fround;

/**
 * ᾱ_t of the training schedule, [numTrainTimesteps], rounded to float32 where torch rounds.
 * @param lastAboveZero schedulers that divide by ᾱ keep the last value of a zero-SNR schedule just above 0 (2⁻²⁴).
 */
export function alphasCumprod(settings: SchedulerSettings, lastAboveZero: boolean): Float32Array {
  const betas = trainingBetas(settings);
  if (!settings.rescaleBetasZeroSnr) return cumulativeAlphas(betas);
  const alphas = cumulativeAlphas(zeroTerminalSnr(betas));
  if (lastAboveZero) alphas[alphas.length - 1] = 2 ** -24;
  return alphas;
}

function trainingBetas(settings: SchedulerSettings): Float32Array {
  const { betaStart, betaEnd, betaSchedule, numTrainTimesteps: count, trainedBetas } = settings;
  if (trainedBetas !== null) return Float32Array.from(trainedBetas);
  switch (betaSchedule) {
    case 'linear':
      return linspace32(betaStart, betaEnd, count);
    case 'scaled_linear':
      return linspace32(Math.sqrt(betaStart), Math.sqrt(betaEnd), count).map((root) => root * root);
    case 'squaredcos_cap_v2':
      return cosineBetas(count);
  }
}

/** `torch.linspace` in float32, which counts from the nearer end. */
function linspace32(start: number, end: number, count: number): Float32Array {
  const step = f32(f32(f32(end) - f32(start)) / (count - 1));
  return Float32Array.from({ length: count }, (_, at) =>
    at < count / 2 ? f32(start) + step * at : f32(end) - step * (count - 1 - at),
  );
}

/** Nichol and Dhariwal, "Improved Denoising Diffusion Probabilistic Models" (2021). */
function cosineBetas(count: number): Float32Array {
  const alphaBar = (time: number) => Math.cos((((time + 0.008) / 1.008) * Math.PI) / 2) ** 2;
  return Float32Array.from({ length: count }, (_, at) =>
    Math.min(1 - alphaBar((at + 1) / count) / alphaBar(at / count), 0.999),
  );
}

/** torch's cumprod of float32 values multiplies in double and rounds each result. */
function cumulativeAlphas(betas: Float32Array): Float32Array {
  let product = 1;
  return betas.map((beta) => (product *= f32(1 - beta)));
}

/** Lin et al., "Common Diffusion Noise Schedules and Sample Steps are Flawed" (2023), algorithm 1. */
function zeroTerminalSnr(betas: Float32Array): Float32Array {
  const roots = cumulativeAlphas(betas).map(Math.sqrt);
  const first = roots[0]!;
  const last = roots.at(-1)!;
  const scale = f32(first / f32(first - last));
  const alphaBars = roots.map((root) => f32(f32(root - last) * scale) ** 2);
  return alphaBars.map((alphaBar, at) => 1 - (at === 0 ? alphaBar : f32(alphaBar / alphaBars[at - 1]!)));
}
