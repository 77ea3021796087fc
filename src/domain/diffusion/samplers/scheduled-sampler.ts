import type { Sampler } from './sampler.ts';

/** A sampler together with what image-to-image needs to know about its list of calls. */
export interface ScheduledSampler extends Sampler {
  /** Noise levels at each call and after the last, for the families that are defined by them. [calls + 1] */
  readonly sigmas?: Float32Array;
  /**
   * The finished picture's latents as the model sees them at this call, for a preview: the sample itself is mostly noise for long.
   * Does not change the run.
   */
  estimateOriginal(modelOutput: Float32Array, index: number, sample: Float32Array): Float32Array;
  /** Heun calls the model twice for each step. */
  readonly callsPerStep: 1 | 2;
}

/**
 * The call at which image-to-image begins: `addNoise(source, noise, start)`, then the calls from `start` to the end. A strength that
 * leaves no step at all gives `sampler.timesteps.length`: nothing to add and nothing to call, the source is the result.
 * Source: `get_timesteps` of diffusers' StableDiffusionImg2ImgPipeline.
 * @param steps as the sampler was made with
 * @param strength 0 (keep the source) … 1 (all steps)
 */
export function startIndex(sampler: ScheduledSampler, steps: number, strength: number): number {
  const stepsToDo = Math.min(Math.trunc(steps * strength), steps);
  return stepsToDo <= 0 ? sampler.timesteps.length : (steps - stepsToDo) * sampler.callsPerStep;
}
