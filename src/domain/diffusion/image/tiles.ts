/** A picture in tiles that overlap: each is computed with a margin that its neighbours' pixels fill, and only its core is kept. */

/** Half-open, in pixels. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A tile along one side: `whole` is computed, `core` is kept. */
export interface TileSpan {
  readonly whole: Span;
  readonly core: Span;
}

export interface Tile {
  readonly rows: TileSpan;
  readonly columns: TileSpan;
}

/**
 * Tiles of one size that cover `side` pixels. Their cores follow each other without gap or overlap, and every pixel of a core is at least
 * `margin` pixels away from where its tile was cut out of the picture. `tile` is more than twice the margin, or covers the whole side.
 */
export function planSpans(side: number, tile: number, margin: number): readonly TileSpan[] {
  if (tile >= side) return [{ whole: { start: 0, end: side }, core: { start: 0, end: side } }];
  const count = Math.ceil((side - 2 * margin) / (tile - 2 * margin));
  const starts = Array.from({ length: count }, (_, i) => Math.round((i * (side - tile)) / (count - 1)));
  /** Where tile i − 1 ends and tile i begins to be kept: in the middle of what both have computed. */
  const border = (i: number) => {
    if (i === 0) return 0;
    return i === count ? side : Math.floor((starts[i - 1]! + tile + starts[i]!) / 2);
  };
  return starts.map((start, i) => ({
    whole: { start, end: start + tile },
    core: { start: border(i), end: border(i + 1) },
  }));
}

/** Square tiles over a picture, row by row. */
export function planTiles(height: number, width: number, tile: number, margin: number): readonly Tile[] {
  const columns = planSpans(width, tile, margin);
  return planSpans(height, tile, margin).flatMap((row) =>
    columns.map((column) => ({ rows: row, columns: column })),
  );
}

/** Channels one after the other, [channels, height, width]; float16 as its bits. */
export interface Planes {
  readonly data: Float32Array | Uint16Array;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

export interface FloatPlanes extends Planes {
  readonly data: Float32Array;
}

export function emptyPlanes(like: Planes['data'], shape: Omit<Planes, 'data'>): Planes {
  const length = shape.channels * shape.height * shape.width;
  return { ...shape, data: like instanceof Uint16Array ? new Uint16Array(length) : new Float32Array(length) };
}

/** The part of all channels within these rows and columns. */
export function cutOut(planes: Planes, rows: Span, columns: Span): Planes {
  const shape = {
    channels: planes.channels,
    height: rows.end - rows.start,
    width: columns.end - columns.start,
  };
  const part = emptyPlanes(planes.data, shape);
  copyRows(planes, { rows, columns }, part, { row: 0, column: 0 });
  return part;
}

/** Copies a part of `from` into `to`, whose upper left corner lies at `at`. */
export function copyRows(
  from: Planes,
  { rows, columns }: { readonly rows: Span; readonly columns: Span },
  to: Planes,
  at: { readonly row: number; readonly column: number },
): void {
  for (let channel = 0; channel < from.channels; channel++)
    for (let row = rows.start; row < rows.end; row++) {
      const start = (channel * from.height + row) * from.width;
      const target = (channel * to.height + at.row + row - rows.start) * to.width + at.column;
      to.data.set(from.data.subarray(start + columns.start, start + columns.end), target);
    }
}

export const scaledSpan = ({ start, end }: Span, factor: number): Span => ({
  start: start * factor,
  end: end * factor,
});

export const shiftedSpan = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });
