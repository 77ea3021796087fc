import { weightedSum } from '../weighted-sum.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';

/** Small, so that no sampler clips it; a power of two, so that nothing is rounded. */
const probe = 2 ** -10;

/**
 * The answer of the model that stands for this picture: `estimateOriginal` the other way round. Whatever the model predicts (noise, velocity,
 * picture), the estimate is a · sample + b · answer with two numbers of the call. Null where the answer hardly counts, at the end of a run.
 */
export function outputOfOriginal(
  sampler: Pick<ScheduledSampler, 'estimateOriginal'>,
  index: number,
  sample: Float32Array,
  original: Float32Array,
): Float32Array | null {
  const estimate = (output: number, from: number) =>
    sampler.estimateOriginal(Float32Array.of(output), index, Float32Array.of(from))[0]! / probe;
  const [ofSample, ofOutput] = [estimate(0, probe), estimate(probe, 0)];
  if (Math.abs(ofOutput) < 1e-3 || !Number.isFinite(ofSample / ofOutput)) return null;
  return weightedSum([1 / ofOutput, original], [-ofSample / ofOutput, sample]);
}
