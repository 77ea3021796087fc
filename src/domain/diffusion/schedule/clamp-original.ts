import type { SchedulerSettings } from './scheduler-fields.ts';

/** Keeps a predicted picture in range where the scheduler asks for it (`thresholding`, else `clip_sample`). Meant for pixel models. */
export function clampOriginal(settings: SchedulerSettings, original: Float32Array): Float32Array {
  if (settings.thresholding) return dynamicThreshold(settings, original);
  return settings.clipSample ? clip(original, settings.clipSampleRange) : original;
}

/** Saharia et al., "Imagen" (2022), section 2.3. */
export function dynamicThreshold(settings: SchedulerSettings, original: Float32Array): Float32Array {
  const limit = quantile(original.map(Math.abs), settings.dynamicThresholdingRatio);
  const range = Math.min(Math.max(limit, 1), settings.sampleMaxValue);
  return clip(original, range).map((value) => value / range);
}

export function clip(values: Float32Array, range: number): Float32Array {
  return values.map((value) => Math.min(Math.max(value, -range), range));
}

/** Linear interpolation between the two nearest ranks. */
function quantile(values: Float32Array, ratio: number): number {
  const sorted = values.toSorted();
  const rank = ratio * (sorted.length - 1);
  const low = sorted[Math.floor(rank)]!;
  return low + (sorted[Math.ceil(rank)]! - low) * (rank - Math.floor(rank));
}
