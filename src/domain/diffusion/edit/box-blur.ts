/**
 * A Gaussian blur made of three blurs by boxes of a width that is no whole number. Source: Gwosdek et al., Theoretical Foundations of Gaussian
 * Convolution by Extended Box Filtering, 2011; as Pillow's GaussianBlur. Beyond the edge, its pixels go on.
 */
import type { FloatPlanes } from '../image/tiles.ts';

const passes = 3;

export function gaussianBlur(planes: FloatPlanes, radius: number): FloatPlanes {
  if (radius === 0) return planes;
  const { channels, height, width } = planes;
  const data = planes.data.slice();
  const box = boxRadius(radius);
  const line = new Float64Array(Math.max(height, width));
  for (let pass = 0; pass < passes; pass++) {
    for (let row = 0; row < channels * height; row++) blurLine(data, row * width, 1, width, box, line);
    for (let channel = 0; channel < channels; channel++)
      for (let column = 0; column < width; column++)
        blurLine(data, channel * height * width + column, width, height, box, line);
  }
  return { ...planes, data };
}

/** Half of the box beside its middle pixel, for this standard deviation. */
function boxRadius(sigma: number): number {
  const variance = (sigma * sigma) / passes;
  const whole = Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2);
  const rest = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance);
  return whole + rest / (6 * (variance - (whole + 1) ** 2));
}

function blurLine(
  data: Float32Array,
  start: number,
  stride: number,
  length: number,
  radius: number,
  line: Float64Array,
): void {
  const whole = Math.floor(radius);
  const share = radius - whole;
  for (let at = 0; at < length; at++) line[at] = data[start + at * stride]!;
  const value = (at: number) => line[at < 0 ? 0 : at >= length ? length - 1 : at]!;
  let sum = 0;
  for (let at = -whole; at <= whole; at++) sum += value(at);
  const weight = 1 / (2 * radius + 1);
  for (let at = 0; at < length; at++) {
    const ends = value(at - whole - 1) + value(at + whole + 1);
    data[start + at * stride] = (sum + share * ends) * weight;
    sum += value(at + whole + 1) - value(at - whole);
  }
}
