/**
 * One run of a sampler over a fixed list of timesteps; it may hold state from step to step, so make a new one for each picture.
 * Step i is the i-th *model call*: PNDM and Heun have more calls than the number of steps that was asked for.
 */
export interface Sampler {
  /** What the model is told at each call, in order. Float32, length = number of model calls. */
  readonly timesteps: Float32Array;
  /** Multiply standard normal noise by this to get the starting latents. */
  readonly initNoiseSigma: number;
  /** The sample as the model wants to see it at call `index`. Returns a new array or `sample` itself; never writes into it. */
  scaleModelInput(sample: Float32Array, index: number): Float32Array;
  /**
   * One step of the reference's `scheduler.step(modelOutput, t, sample).prev_sample`. `randn(length)` draws standard normal noise from
   * the run's generator and is called only by stochastic samplers, in the reference's order. Does not write into its arguments.
   */
  step(
    modelOutput: Float32Array,
    index: number,
    sample: Float32Array,
    randn: (length: number) => Float32Array,
  ): Float32Array;
  /** The reference's `scheduler.add_noise(original, noise, timesteps[index])`: where image-to-image begins. */
  addNoise(original: Float32Array, noise: Float32Array, index: number): Float32Array;
}
