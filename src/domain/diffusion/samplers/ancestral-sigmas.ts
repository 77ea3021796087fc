const f32 = Math.fround;

/** A step that goes below the next noise level, to `down`, and adds fresh noise of deviation `up` on the way back to it. */
interface AncestralSigmas {
  readonly up: number;
  readonly down: number;
}

/** Song et al., "Score-Based Generative Modeling" (2021), as k-diffusion's `get_ancestral_step` and diffusers compute it. */
export function ancestralSigmas(from: number, to: number): AncestralSigmas {
  const fromSquared = f32(from ** 2);
  const toSquared = f32(to ** 2);
  const up = f32(Math.sqrt(f32(f32(toSquared * f32(fromSquared - toSquared)) / fromSquared)));
  return { up, down: f32(Math.sqrt(f32(toSquared - f32(up ** 2)))) };
}

/** The noise level in the middle of two on the logarithmic scale, rounded as `torch.lerp` does it. */
export function middleSigma(from: number, to: number): number {
  const [logFrom, logTo] = [logarithm(from), logarithm(to)];
  return exponential(f32(logTo - f32(f32(logTo - logFrom) * 0.5)));
}

/** The same, rounded as k-diffusion does it, which counts from the noisier end. */
export function middleSigmaFrom(from: number, to: number): number {
  const [logFrom, logTo] = [logarithm(from), logarithm(to)];
  return exponential(f32(logFrom + f32(f32(logTo - logFrom) * 0.5)));
}

export const logarithm = (sigma: number): number => f32(Math.log(sigma));
export const exponential = (logSigma: number): number => f32(Math.exp(logSigma));
