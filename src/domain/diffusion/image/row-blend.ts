/** Puts tiles together that come band by band from the top: rows are given out as soon as no tile is to come for them. */
import type { RgbaImage } from './image.ts';
import { addFading, type FadingTile } from './overlap.ts';
import { toRgbaImage } from './pixels.ts';
import type { FloatPlanes } from './tiles.ts';

export interface RowBlend {
  /** [3, height, width] of a tile, −1 … 1. */
  add(part: FloatPlanes, tile: FadingTile): void;
  /** The next rows, up to `end`, as pixels; their tiles are all there. */
  take(end: number): { readonly top: number; readonly rows: RgbaImage };
}

/** `bandRows`: of the highest tile; of no more rows anything is kept. */
export function createRowBlend(width: number, bandRows: number): RowBlend {
  let top = 0;
  let band = emptyBand(width, bandRows);
  return {
    add: (part, tile) => addFading(band, part, tile, top),
    take: (end) => {
      const from = top;
      const count = end - top;
      const rows = toRgbaImage(rowsOf(band, 0, count), width, count);
      const rest = emptyBand(width, bandRows);
      for (let channel = 0; channel < 3; channel++) {
        const start = channel * bandRows * width;
        rest.data.set(band.data.subarray(start + count * width, start + bandRows * width), start);
      }
      band = rest;
      top = end;
      return { top: from, rows };
    },
  };
}

const emptyBand = (width: number, height: number): FloatPlanes => ({
  data: new Float32Array(3 * height * width),
  channels: 3,
  height,
  width,
});

function rowsOf({ data, height, width }: FloatPlanes, start: number, count: number): Float32Array {
  const rows = new Float32Array(3 * count * width);
  for (let channel = 0; channel < 3; channel++) {
    const from = (channel * height + start) * width;
    rows.set(data.subarray(from, from + count * width), channel * count * width);
  }
  return rows;
}
