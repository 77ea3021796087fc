import type { RgbaImage } from './image.ts';
import type { Span } from './tiles.ts';

/**
 * The largest centred part of the picture that has the wanted shape, at the wanted size: nothing is stretched, what stands over is cut.
 * Lanczos-3 as in Pillow, its kernel widened when the picture is made smaller. Colours are weighted by opacity, so that what hides behind
 * transparent pixels does not bleed into the edges. The same size gives the same pixels.
 */
export function coverAndCrop(image: RgbaImage, width: number, height: number): RgbaImage {
  if (image.width === width && image.height === height) return { ...image, data: image.data.slice() };
  const cropping = cropInStrips(image, width, height);
  cropping.add(image.data, 0);
  return cropping.result();
}

export interface StripCropping {
  /** The rows of the source that are needed: `firstRow` ≤ row < `endRow`. */
  readonly firstRow: number;
  readonly endRow: number;
  /** Whole rows of the source, [rows, source width, 4], that begin with row `at`. Each needed row once; others are passed over. */
  add(pixels: Uint8ClampedArray, at: number): void;
  result(): RgbaImage;
}

/** `coverAndCrop` of a picture that is read piece by piece: of a large photo, only as many columns as are wanted lie in memory. */
export function cropInStrips(
  source: { readonly width: number; readonly height: number },
  width: number,
  height: number,
): StripCropping {
  const scale = Math.max(width / source.width, height / source.height);
  const columns = axisTaps(source.width, width, scale);
  const rows = axisTaps(source.height, height, scale);
  const firstRow = rows[0]!.first;
  const endRow = Math.max(...rows.map(({ first, weights }) => first + weights.length));
  const wide = new Uint8ClampedArray((endRow - firstRow) * width * 4);
  return {
    firstRow,
    endRow,
    add: (pixels, at) => {
      const count = pixels.length / (source.width * 4);
      const end = Math.min(at + count, endRow);
      for (let row = Math.max(at, firstRow); row < end; row++) {
        const from = (row - at) * source.width * 4;
        const line = premultiplied(pixels.subarray(from, from + source.width * 4));
        resampleRow(line, columns, wide, (row - firstRow) * width * 4);
      }
    },
    result: () => {
      const own = rows.map((taps) => ({ ...taps, first: taps.first - firstRow }));
      return { width, height, data: unpremultiplied(resampleColumns(wide, width, own)) };
    },
  };
}

/** The whole picture in another size, by the same filter; another shape stretches it. The same size gives the same pixels. */
export function resized(image: RgbaImage, width: number, height: number): RgbaImage {
  if (image.width === width && image.height === height) return { ...image, data: image.data.slice() };
  return resizedRows(image, { width, height }, { start: 0, end: height });
}

/** Some rows of `resized`: a large result need not lie in memory at once. Rows that are put together are those of the whole. */
export const resizedRows = (image: RgbaImage, size: Size, rows: Span): RgbaImage =>
  resizedPart(image, size, rows, { start: 0, end: size.width });

/** As `resizedRows`, of some columns. */
export function resizedPart(image: RgbaImage, { width, height }: Size, rows: Span, columns: Span): RgbaImage {
  const across = axisTaps(image.width, width, width / image.width, columns);
  const down = axisTaps(image.height, height, height / image.height, rows);
  const firstRow = down[0]!.first;
  const endRow = Math.max(...down.map(({ first, weights }) => first + weights.length));
  const wide = new Uint8ClampedArray((endRow - firstRow) * across.length * 4);
  for (let row = firstRow; row < endRow; row++) {
    const line = premultiplied(image.data.subarray(row * image.width * 4, (row + 1) * image.width * 4));
    resampleRow(line, across, wide, (row - firstRow) * across.length * 4);
  }
  const own = down.map((each) => ({ ...each, first: each.first - firstRow }));
  const data = unpremultiplied(resampleColumns(wide, across.length, own));
  return { width: across.length, height: down.length, data };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whole numbers between the two passes as well, over- and undershoot cut off: as Pillow does it. */
type Pixels = Uint8ClampedArray;

/** Which source pixels make one pixel, and with which weights (their sum is 1). */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

const lobes = 3;

function axisTaps(
  sourceLength: number,
  length: number,
  scale: number,
  { start: from, end } = { start: 0, end: length },
): readonly Taps[] {
  const start = (sourceLength - length / scale) / 2;
  const stretch = Math.max(1, 1 / scale);
  return Array.from({ length: end - from }, (_, at) =>
    tapsAt(start + (from + at + 0.5) / scale, stretch, sourceLength),
  );
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

/** [sourceWidth, 4] → [columns, 4] of `result`, from `to` on */
function resampleRow(line: Pixels, columns: readonly Taps[], result: Pixels, to: number): void {
  columns.forEach(({ first, weights }, column) => {
    addTaps(line, first * 4, 4, weights, result, to + column * 4);
  });
}

/** [sourceHeight, width, 4] → [rows, width, 4] */
function resampleColumns(pixels: Pixels, width: number, rows: readonly Taps[]): Pixels {
  const result = new Uint8ClampedArray(rows.length * width * 4);
  rows.forEach(({ first, weights }, row) => {
    for (let column = 0; column < width; column++) {
      const from = (first * width + column) * 4;
      addTaps(pixels, from, width * 4, weights, result, (row * width + column) * 4);
    }
  });
  return result;
}

function addTaps(
  pixels: Pixels,
  from: number,
  stride: number,
  weights: Float64Array,
  result: Pixels,
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

function premultiplied(data: Pixels): Pixels {
  const pixels = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const opacity = data[at + 3]! / 255;
    for (let color = at; color < at + 3; color++) pixels[color] = data[color]! * opacity;
    pixels[at + 3] = data[at + 3]!;
  }
  return pixels;
}

function unpremultiplied(pixels: Pixels): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(pixels.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = pixels[at + 3]!;
    const restore = alpha > 0 ? 255 / alpha : 0;
    for (let color = at; color < at + 3; color++) data[color] = pixels[color]! * restore;
    data[at + 3] = alpha;
  }
  return data;
}
