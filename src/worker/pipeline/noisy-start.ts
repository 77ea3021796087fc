import { startIndex, type ScheduledSampler } from '../../domain/diffusion/samplers/scheduled-sampler.ts';
import type { DenoiseInput } from './denoise.ts';

export type Start = Pick<DenoiseInput, 'latents' | 'firstCall' | 'kept' | 'seen'>;

/** The picture's latents with the noise of the call at which its strength begins. */
export function noisy(
  sampler: ScheduledSampler,
  original: Float32Array,
  noise: Float32Array,
  steps: number,
  strength: number,
): Pick<DenoiseInput, 'latents' | 'firstCall'> {
  const firstCall = startIndex(sampler, steps, strength);
  if (firstCall === sampler.timesteps.length) return { latents: original, firstCall };
  return { latents: sampler.addNoise(original, noise, firstCall), firstCall };
}
