import type { RgbaImage } from './image.ts';

const f32 = Math.fround;

/**
 * The autoencoder's answer as pixels: x/2 + ½, clamped, times 255, halves to even, as diffusers' VaeImageProcessor does.
 * @param planes [3, height, width], −1 … 1
 */
export function toRgbaImage(planes: Float32Array, width: number, height: number): RgbaImage {
  const area = width * height;
  const data = new Uint8ClampedArray(area * 4).fill(255);
  for (let color = 0; color < 3; color++) {
    for (let at = 0; at < area; at++) {
      // A Uint8ClampedArray clamps, and rounds halves to even.
      data[at * 4 + color] = f32(f32(f32(planes[color * area + at]! * 0.5) + 0.5) * 255);
    }
  }
  return { width, height, data };
}

/**
 * Pixels as the autoencoder takes them. Transparent parts are seen on white.
 * @returns [3, height, width], −1 … 1
 */
export function toPlanes({ width, height, data }: RgbaImage): Float32Array {
  const area = width * height;
  const planes = new Float32Array(3 * area);
  for (let color = 0; color < 3; color++) {
    for (let at = 0; at < area; at++) {
      const opacity = data[at * 4 + 3]! / 255;
      const value = data[at * 4 + color]! * opacity + 255 * (1 - opacity);
      planes[color * area + at] = f32(2 * f32(value / 255)) - 1;
    }
  }
  return planes;
}

/** What half-precision overflow leaves behind: a value that is no number, or the same value everywhere. */
export function isBadOutput(values: Float32Array): boolean {
  const first = values[0];
  return values.every((value) => value === first) || !areNumbers(values);
}

export const areNumbers = (values: Float32Array): boolean => values.every(Number.isFinite);

/** One colour everywhere. */
export function isFlatImage({ data }: RgbaImage): boolean {
  return data.every((value, at) => value === data[at % 4]);
}
