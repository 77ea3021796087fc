import type { SchedulerSettings } from './scheduler-fields.ts';

type SpacingSettings = Pick<SchedulerSettings, 'timestepSpacing' | 'numTrainTimesteps' | 'stepsOffset'>;

/**
 * Timesteps from noise to picture, [steps], where the last one may be 0. Only `linspace` is not whole; callers that index by timestep
 * round it. Source: `set_timesteps` in diffusers; table 2 of Lin et al. (2023).
 */
export function timestepsToZero(settings: SpacingSettings, steps: number): number[] {
  const { timestepSpacing, numTrainTimesteps, stepsOffset } = settings;
  switch (timestepSpacing) {
    case 'linspace':
      return linspace(0, numTrainTimesteps - 1, steps).reverse();
    case 'leading': {
      const ratio = Math.floor(numTrainTimesteps / steps);
      return Array.from({ length: steps }, (_, at) => (steps - 1 - at) * ratio + stepsOffset);
    }
    case 'trailing':
      return trailing(numTrainTimesteps, numTrainTimesteps / steps);
  }
}

/** The multistep solvers' timesteps, whole numbers: they divide the range into one part more, and leave out the 0. */
export function timestepsAboveZero(
  settings: SpacingSettings,
  steps: number,
  lastTimestep = settings.numTrainTimesteps,
): number[] {
  const { timestepSpacing, numTrainTimesteps, stepsOffset } = settings;
  switch (timestepSpacing) {
    case 'linspace':
      return linspace(0, lastTimestep - 1, steps + 1)
        .map(roundHalfEven)
        .reverse()
        .slice(0, -1);
    case 'leading': {
      const ratio = Math.floor(lastTimestep / (steps + 1));
      return Array.from({ length: steps }, (_, at) => (steps - at) * ratio + stepsOffset);
    }
    case 'trailing':
      return trailing(lastTimestep, numTrainTimesteps / steps);
  }
}

/** `np.linspace`: the last value is exactly `end`; a single value is `start`. */
export function linspace(start: number, end: number, count: number): number[] {
  const step = (end - start) / (count - 1);
  return Array.from({ length: count }, (_, at) => {
    if (at === 0) return start;
    return at === count - 1 ? end : at * step + start;
  });
}

/** `np.round`: halves go to the even neighbour. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * `np.arange(start, 0, -ratio).round() - 1`, with numpy's own rounding of the stride. Where the division is not exact (121 steps of 1000)
 * numpy gives one value too many, timestep −1, which would lay noise over the finished picture; that one is left out here.
 */
function trailing(start: number, ratio: number): number[] {
  const stride = start - ratio - start;
  const count = Math.ceil(start / ratio - 1e-9);
  return Array.from({ length: count }, (_, at) => roundHalfEven(start + at * stride) - 1);
}
