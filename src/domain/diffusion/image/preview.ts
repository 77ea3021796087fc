import type { RgbaImage } from './image.ts';
import { solveLinear } from '../linear-system.ts';
import { toRgbaImage } from './pixels.ts';

/** A picture in colours from latents, one pixel for each: rgb = weights · latent + bias, in −1 … 1. */
export interface LatentProjection {
  /** Red, green and blue, each with one weight for each channel. [3][channels] */
  readonly weights: readonly (readonly number[])[];
  readonly bias: readonly [red: number, green: number, blue: number];
}

/** For the autoencoder of Stable Diffusion 1 and its kin. Source: the factors published by ComfyUI for SD 1.5 latents. */
export const stableDiffusion1Projection: LatentProjection = {
  weights: [
    [0.3512, 0.325, -0.2829, -0.212],
    [0.2297, 0.4974, 0.1762, -0.2616],
    [0.3227, 0.235, 0.2721, -0.7177],
  ],
  bias: [0, 0, 0],
};

/**
 * A small picture that costs nothing next to the autoencoder.
 * @param latents [channels, height, width], as the sampler has them (with the scaling factor)
 * @param height of the latents, which is the picture's; the same for `width`
 */
export function latentsToPreview(
  latents: Float32Array,
  channels: number,
  height: number,
  width: number,
  projection: LatentProjection,
): RgbaImage {
  const area = height * width;
  const pixels = new Float32Array(3 * area); // [3, height, width]
  for (let color = 0; color < 3; color++) {
    const plane = pixels.subarray(color * area, (color + 1) * area).fill(projection.bias[color]!);
    for (let channel = 0; channel < channels; channel++) {
      const weight = projection.weights[color]?.[channel] ?? 0;
      for (let at = 0; at < area; at++) plane[at] = plane[at]! + weight * latents[channel * area + at]!;
    }
  }
  return toRgbaImage(pixels, width, height);
}

/** Latents and what the autoencoder made of them. */
export interface LatentPair {
  /** [channels, height, width] */
  readonly latents: Float32Array;
  /** The decoded picture at the latents' size, −1 … 1 (`shrinkPlanes`). [3, height, width] */
  readonly rgb: Float32Array;
}

/** The projection that comes nearest to the autoencoder over all pairs (least squares), for any number of channels. */
export function fitLatentToRgb(pairs: readonly LatentPair[], channels: number): LatentProjection {
  const size = channels + 1; // the last unknown is the bias
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const right = Array.from({ length: 3 }, () => new Array<number>(size).fill(0));
  for (const pair of pairs) addPair(pair, channels, matrix, right);
  // A trace of ridge keeps the system solvable where a channel never varies.
  for (let at = 0; at < size; at++) matrix[at]![at] = matrix[at]![at]! * (1 + 1e-6) + 1e-9;
  const solutions = right.map((side) => solveLinear(matrix, side));
  const [red, green, blue] = solutions.map((solution) => solution[channels]!) as [number, number, number];
  return { weights: solutions.map((solution) => solution.slice(0, channels)), bias: [red, green, blue] };
}

function addPair(
  { latents, rgb }: LatentPair,
  channels: number,
  matrix: number[][],
  right: number[][],
): void {
  const area = rgb.length / 3;
  const features = new Array<number>(channels + 1).fill(1);
  for (let at = 0; at < area; at++) {
    for (let channel = 0; channel < channels; channel++) features[channel] = latents[channel * area + at]!;
    features.forEach((feature, row) => {
      features.forEach((other, column) => (matrix[row]![column]! += feature * other));
      right.forEach((side, color) => (side[row]! += feature * rgb[color * area + at]!));
    });
  }
}

/**
 * Means over squares of `factor` pixels.
 * @param planes [channels, height, width] @returns [channels, height/factor, width/factor]
 */
export function shrinkPlanes(
  planes: Float32Array,
  height: number,
  width: number,
  factor: number,
): Float32Array {
  const [smallHeight, smallWidth] = [height / factor, width / factor];
  const channels = planes.length / (height * width);
  const small = new Float32Array(channels * smallHeight * smallWidth);
  for (let row = 0; row < channels * height; row++) {
    const smallRow = Math.floor(row / factor) * smallWidth;
    for (let column = 0; column < width; column++) {
      const at = smallRow + Math.floor(column / factor);
      small[at] = small[at]! + planes[row * width + column]! / factor ** 2;
    }
  }
  return small;
}
