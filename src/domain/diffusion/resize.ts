import type { RgbaImage } from './image.ts';

/**
 * The largest centred part of the picture that has the wanted shape, at the wanted size: nothing is stretched, what stands over is cut.
 * Lanczos-3, its kernel widened when the picture is made smaller. Colours are weighted by opacity, so that what hides behind
 * transparent pixels does not bleed into the edges. The same size gives the same pixels.
 */
export function coverAndCrop(image: RgbaImage, width: number, height: number): RgbaImage {
  if (image.width === width && image.height === height) return { ...image, data: image.data.slice() };
  const scale = Math.max(width / image.width, height / image.height);
  const columns = axisTaps(image.width, width, scale);
  const rows = axisTaps(image.height, height, scale);
  const wide = resampleRows(premultiplied(image), image.width, image.height, columns);
  return { width, height, data: unpremultiplied(resampleColumns(wide, width, rows)) };
}

/** Which source pixels make one pixel, and with which weights (their sum is 1). */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

const lobes = 3;

function axisTaps(sourceLength: number, length: number, scale: number): readonly Taps[] {
  const start = (sourceLength - length / scale) / 2;
  const stretch = Math.max(1, 1 / scale);
  return Array.from({ length }, (_, at) => tapsAt(start + (at + 0.5) / scale, stretch, sourceLength));
}

function tapsAt(center: number, stretch: number, sourceLength: number): Taps {
  const first = Math.max(0, Math.ceil(center - lobes * stretch - 0.5));
  const last = Math.min(sourceLength - 1, Math.floor(center + lobes * stretch - 0.5));
  const weights = Float64Array.from({ length: last - first + 1 }, (_, at) =>
    lanczos((first + at + 0.5 - center) / stretch),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { first, weights: weights.map((weight) => weight / sum) };
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  const angle = Math.PI * x;
  return Math.abs(x) >= lobes ? 0 : (lobes * Math.sin(angle) * Math.sin(angle / lobes)) / angle ** 2;
}

/** [height, sourceWidth, 4] → [height, columns, 4] */
function resampleRows(
  pixels: Float32Array,
  sourceWidth: number,
  height: number,
  columns: readonly Taps[],
): Float32Array {
  const result = new Float32Array(height * columns.length * 4);
  for (let row = 0; row < height; row++) {
    columns.forEach(({ first, weights }, column) => {
      const from = (row * sourceWidth + first) * 4;
      addTaps(pixels, from, 4, weights, result, (row * columns.length + column) * 4);
    });
  }
  return result;
}

/** [sourceHeight, width, 4] → [rows, width, 4] */
function resampleColumns(pixels: Float32Array, width: number, rows: readonly Taps[]): Float32Array {
  const result = new Float32Array(rows.length * width * 4);
  rows.forEach(({ first, weights }, row) => {
    for (let column = 0; column < width; column++) {
      const from = (first * width + column) * 4;
      addTaps(pixels, from, width * 4, weights, result, (row * width + column) * 4);
    }
  });
  return result;
}

function addTaps(
  pixels: Float32Array,
  from: number,
  stride: number,
  weights: Float64Array,
  result: Float32Array,
  to: number,
): void {
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let tap = 0, at = from; tap < weights.length; tap++, at += stride) {
    const weight = weights[tap]!;
    red += weight * pixels[at]!;
    green += weight * pixels[at + 1]!;
    blue += weight * pixels[at + 2]!;
    alpha += weight * pixels[at + 3]!;
  }
  result[to] = red;
  result[to + 1] = green;
  result[to + 2] = blue;
  result[to + 3] = alpha;
}

function premultiplied({ data }: RgbaImage): Float32Array {
  const pixels = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const opacity = data[at + 3]! / 255;
    for (let color = at; color < at + 3; color++) pixels[color] = data[color]! * opacity;
    pixels[at + 3] = data[at + 3]!;
  }
  return pixels;
}

function unpremultiplied(pixels: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(pixels.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = pixels[at + 3]!;
    const restore = alpha > 0 ? 255 / alpha : 0;
    for (let color = at; color < at + 3; color++) data[color] = pixels[color]! * restore;
    data[at + 3] = alpha;
  }
  return data;
}
