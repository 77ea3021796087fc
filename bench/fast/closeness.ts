/** How near two pictures are. */
import type { RgbaImage } from '../../src/domain/diffusion/image/image.ts';

const side = 8;
const stride = 4;
const c1 = (0.01 * 255) ** 2;
const c2 = (0.03 * 255) ** 2;

/** Structural similarity of the grey values (Wang et al., 2004), the mean over windows of 8 × 8 pixels. 1: equal. */
export function ssim(first: RgbaImage, second: RgbaImage): number {
  const [a, b] = [grey(first), grey(second)];
  let [sum, count] = [0, 0];
  for (let y = 0; y + side <= first.height; y += stride)
    for (let x = 0; x + side <= first.width; x += stride) {
      sum += windowSsim(a, b, y * first.width + x, first.width);
      count++;
    }
  return sum / count;
}

function windowSsim(a: Float64Array, b: Float64Array, from: number, width: number): number {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let y = 0; y < side; y++)
    for (let at = from + y * width; at < from + y * width + side; at++) {
      const [p, q] = [a[at]!, b[at]!];
      sumA += p;
      sumB += q;
      squaresA += p * p;
      squaresB += q * q;
      products += p * q;
    }
  const n = side * side;
  const [meanA, meanB] = [sumA / n, sumB / n];
  const variances = squaresA / n - meanA ** 2 + squaresB / n - meanB ** 2;
  const together = products / n - meanA * meanB;
  const light = (2 * meanA * meanB + c1) / (meanA ** 2 + meanB ** 2 + c1);
  return (light * (2 * together + c2)) / (variances + c2);
}

/** The mean slope of the grey values, across and down, as `training/evaluate.py` has it. */
export function edgeEnergy(image: RgbaImage): number {
  const { width, height } = image;
  const values = grey(image);
  let [across, down] = [0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (x > 0) across += Math.abs(values[at]! - values[at - 1]!);
      if (y > 0) down += Math.abs(values[at]! - values[at - width]!);
    }
  return across / (height * (width - 1)) + down / (width * (height - 1));
}

const grey = ({ data, width, height }: RgbaImage) =>
  Float64Array.from(
    { length: width * height },
    (_, at) => (data[4 * at]! + data[4 * at + 1]! + data[4 * at + 2]!) / 3,
  );

/** Root of the mean squared difference, the deviation of `exact` being 1. */
export function distance(values: Float32Array, exact: Float32Array): number {
  const mean = exact.reduce((sum, value) => sum + value, 0) / exact.length;
  const squares = (value: (at: number) => number) => exact.reduce((sum, _, at) => sum + value(at) ** 2, 0);
  return Math.sqrt(squares((at) => values[at]! - exact[at]!) / squares((at) => exact[at]! - mean));
}
