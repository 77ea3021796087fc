/** Tiles of one size that overlap and fade into each other: the weights of all tiles add up to 1 in every place. */
import type { FloatPlanes, Span } from './tiles.ts';

/** Of a tile along one side, with how much it counts in each of its places. */
export interface FadingSpan extends Span {
  readonly weights: Float32Array;
}

export interface FadingTile {
  readonly rows: FadingSpan;
  readonly columns: FadingSpan;
}

/** `overlap` at least lies over the neighbour; the whole side where the tile is not smaller. */
export function fadingSpans(side: number, tile: number, overlap: number): readonly FadingSpan[] {
  if (tile >= side) return [{ start: 0, end: side, weights: new Float32Array(side).fill(1) }];
  const over = Math.min(overlap, Math.floor(tile / 2));
  const count = Math.ceil((side - over) / (tile - over));
  const starts = Array.from({ length: count }, (_, i) => Math.round((i * (side - tile)) / (count - 1)));
  return fading(starts, tile, side);
}

/** The same tiles of a picture that is so many times as large. */
export function enlargedSpans(spans: readonly FadingSpan[], factor: number): readonly FadingSpan[] {
  const starts = spans.map(({ start }) => start * factor);
  const tile = (spans[0]!.end - spans[0]!.start) * factor;
  return fading(starts, tile, spans.at(-1)!.end * factor);
}

function fading(starts: readonly number[], tile: number, side: number): readonly FadingSpan[] {
  const raw = starts.map((start, i) => {
    const before = i === 0 ? 0 : starts[i - 1]! + tile - start;
    const behind = i === starts.length - 1 ? 0 : start + tile - starts[i + 1]!;
    return Float32Array.from({ length: tile }, (_, at) =>
      Math.min(rise(at, before), rise(tile - 1 - at, behind)),
    );
  });
  const sums = new Float32Array(side);
  raw.forEach((weights, i) => weights.forEach((weight, at) => (sums[starts[i]! + at]! += weight)));
  return starts.map((start, i) => ({
    start,
    end: start + tile,
    weights: raw[i]!.map((weight, at) => weight / sums[start + at]!),
  }));
}

const rise = (at: number, over: number) => (over <= 0 ? 1 : Math.min(1, (at + 0.5) / over));

/** Row by row. */
export const tilesOf = (rows: readonly FadingSpan[], columns: readonly FadingSpan[]): readonly FadingTile[] =>
  rows.flatMap((row) => columns.map((column) => ({ rows: row, columns: column })));

export const fadingTiles = (
  size: { readonly height: number; readonly width: number },
  tile: { readonly height: number; readonly width: number },
  overlap: number,
): readonly FadingTile[] =>
  tilesOf(fadingSpans(size.height, tile.height, overlap), fadingSpans(size.width, tile.width, overlap));

/** Adds a tile's values, by their weights, to the whole, whose first row is `top` of the picture. */
export function addFading(
  whole: FloatPlanes,
  part: FloatPlanes,
  { rows, columns }: FadingTile,
  top = 0,
): void {
  for (let channel = 0; channel < part.channels; channel++) {
    for (let row = 0; row < part.height; row++) {
      const weight = rows.weights[row]!;
      const from = (channel * part.height + row) * part.width;
      const to = (channel * whole.height + rows.start - top + row) * whole.width + columns.start;
      for (let at = 0; at < part.width; at++)
        whole.data[to + at]! += weight * columns.weights[at]! * part.data[from + at]!;
    }
  }
}
