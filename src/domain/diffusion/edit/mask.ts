/** What is done with masks: cut, brought to another size, softened at their edge. */
import { distancesToZero } from './distance.ts';
import type { Mask } from './inpainting.ts';
import { boxAround, type Region } from './region.ts';

/** From here on a pixel is drawn anew; below, the new is at most mixed in. As diffusers' mask processor rounds. */
const drawnFrom = 128;

export const emptyMask = (width: number, height: number): Mask => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

export function cutMask({ width, data }: Mask, region: Region): Mask {
  const part = emptyMask(region.width, region.height);
  for (let row = 0; row < region.height; row++) {
    const start = (region.top + row) * width + region.left;
    part.data.set(data.subarray(start, start + region.width), row * region.width);
  }
  return part;
}

/** Each pixel has the most of what it covers, so that no stroke gets lost. The same size gives the same mask. */
export function resizedMask(mask: Mask, width: number, height: number): Mask {
  const rows = spansOf(mask.height, height);
  const columns = spansOf(mask.width, width);
  const resized = emptyMask(width, height);
  rows.forEach((row, y) =>
    columns.forEach((column, x) => (resized.data[y * width + x] = mostIn(mask, row, column))),
  );
  return resized;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const spansOf = (from: number, to: number): readonly Span[] =>
  Array.from({ length: to }, (_, at) => {
    const start = Math.floor((at * from) / to);
    return { start, end: Math.max(start + 1, Math.ceil(((at + 1) * from) / to)) };
  });

function mostIn({ width, data }: Mask, rows: Span, columns: Span): number {
  let most = 0;
  for (let row = rows.start; row < rows.end; row++)
    for (let at = row * width + columns.start; at < row * width + columns.end; at++)
      if (data[at]! > most) most = data[at]!;
  return most;
}

/**
 * The mask as latents see it: 1 where they are drawn, [height, width]. A latent pixel that holds but one painted pixel is drawn, unlike
 * in diffusers, where its upper left pixel decides and what was painted beside it stays as it was; masks along the latents' grid are the same.
 */
export function latentMask(mask: Mask, height: number, width: number): Float32Array {
  return Float32Array.from(resizedMask(mask, width, height).data, (value) => (value >= drawnFrom ? 1 : 0));
}

/** 1 for each pixel that is drawn anew. */
export const isDrawn = (mask: Mask): Uint8Array => mask.data.map((value) => (value >= drawnFrom ? 1 : 0));

/**
 * How much of the new shows: the mask, going over from 0 along its edge inwards over `featherPx`; where it is nowhere wide enough for that,
 * over half of what it has. What was 0 stays 0.
 */
export function featheredMask(mask: Mask, featherPx: number): Mask {
  const box = featherPx > 0 ? boxAround(mask) : null;
  if (!box) return mask;
  const around = grown(box, mask);
  const part = cutMask(mask, around);
  const distances = distancesToZero(part);
  const deepest = distances.reduce((most, each) => (Number.isFinite(each) ? Math.max(most, each) : most), 0);
  const feather = Math.min(featherPx, Math.floor(deepest / 2));
  const soft = emptyMask(mask.width, mask.height);
  for (let row = 0; row < around.height; row++) {
    for (let column = 0; column < around.width; column++) {
      const at = row * around.width + column;
      const share = Math.min(1, distances[at]! / (feather + 1));
      soft.data[(around.top + row) * mask.width + around.left + column] = Math.round(part.data[at]! * share);
    }
  }
  return soft;
}

/** By a pixel on each side, as far as there are: the edge itself must be seen. */
function grown({ left, top, width, height }: Region, mask: Mask): Region {
  const from = { left: Math.max(0, left - 1), top: Math.max(0, top - 1) };
  const right = Math.min(mask.width, left + width + 1);
  const bottom = Math.min(mask.height, top + height + 1);
  return { ...from, width: right - from.left, height: bottom - from.top };
}
