/** Mean and variance of the channel groups of a picture that comes in parts, as GroupNorm wants them: https://arxiv.org/abs/1803.08494. */
import { fromFloat16 } from '../float16.ts';
import type { Planes } from './tiles.ts';

export interface GroupStatistics {
  /** Counts every value of these planes. Their number of channels is a multiple of the number of groups. */
  add(part: Planes): void;
  /** (x − mean) / √(variance + epsilon) is x · scale + shift: one pair for each group. */
  normalization(epsilon: number): { readonly scale: Float64Array; readonly shift: Float64Array };
}

export function createGroupStatistics(groups: number): GroupStatistics {
  const count = new Float64Array(groups);
  const mean = new Float64Array(groups);
  /** Sum of the squared distances from the mean. */
  const squares = new Float64Array(groups);

  /** Chan, Golub and LeVeque's rule: it does not lose digits as sums of squares do. */
  const merge = (group: number, part: { count: number; mean: number; squares: number }) => {
    const total = count[group]! + part.count;
    const apart = part.mean - mean[group]!;
    squares[group]! += part.squares + (apart * apart * count[group]! * part.count) / total;
    mean[group]! += (apart * part.count) / total;
    count[group] = total;
  };

  return {
    add: ({ data, channels, height, width }) => {
      const size = (channels / groups) * height * width;
      for (let group = 0; group < groups; group++) {
        const part = data.subarray(group * size, (group + 1) * size);
        merge(group, momentsOf(part instanceof Uint16Array ? fromFloat16(part) : part));
      }
    },
    normalization: (epsilon) => {
      const scale = squares.map((sum, group) => 1 / Math.sqrt(sum / count[group]! + epsilon));
      return { scale, shift: scale.map((each, group) => -mean[group]! * each) };
    },
  };
}

function momentsOf(values: Float32Array): { count: number; mean: number; squares: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const apart = values[i]! - mean;
    squares += apart * apart;
  }
  return { count: values.length, mean, squares };
}
