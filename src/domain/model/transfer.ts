/** Speed and time left of a transfer, from what was told of it. Pure: the caller brings the clock. */
export interface TransferSample {
  readonly atMs: number;
  readonly loadedBytes: number;
}

export interface TransferPace {
  readonly bytesPerSec: number;
  readonly secondsLeft: number;
}

/** Long enough to smooth bursts, short enough to notice a change of network. */
const windowMs = 10_000;
/** Before this, a speed would be a guess. */
const shortestMs = 1_000;

/** Adds a sample and forgets those that are too old to count; one from before the window stays, so that the window is covered. */
export function addSample(
  samples: readonly TransferSample[],
  sample: TransferSample,
): readonly TransferSample[] {
  const from = sample.atMs - windowMs;
  const firstInside = samples.findIndex(({ atMs }) => atMs > from);
  const kept = firstInside < 0 ? samples.slice(-1) : samples.slice(Math.max(0, firstInside - 1));
  // A file that had to be started again takes bytes back: what was measured before no longer counts.
  const last = kept.at(-1);
  return last && sample.loadedBytes < last.loadedBytes ? [sample] : [...kept, sample];
}

/** Null until there is enough to go by, and while nothing moves. */
export function paceOf(samples: readonly TransferSample[], totalBytes: number): TransferPace | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs - first.atMs < shortestMs) return null;
  const bytesPerSec = ((last.loadedBytes - first.loadedBytes) * 1000) / (last.atMs - first.atMs);
  if (bytesPerSec <= 0) return null;
  return { bytesPerSec, secondsLeft: Math.max(0, totalBytes - last.loadedBytes) / bytesPerSec };
}
