/** Where each tile of the gallery lies, and which rows are worth drawing: arithmetic only. */
export interface GridLayout {
  readonly columns: number;
  readonly rows: number;
  /** Tiles are square. */
  readonly tilePx: number;
  readonly rowPx: number;
  readonly heightPx: number;
}

const minTilePx = 148;
export const gapPx = 12;
/** Drawn above and below what is seen, so that a quick scroll finds tiles. */
const overscanRows = 3;

export function gridLayout(widthPx: number, count: number): GridLayout {
  const columns = Math.max(2, Math.floor((widthPx + gapPx) / (minTilePx + gapPx)));
  const tilePx = Math.max(1, (widthPx - gapPx * (columns - 1)) / columns);
  const rows = Math.ceil(count / columns);
  const rowPx = tilePx + gapPx;
  return { columns, rows, tilePx, rowPx, heightPx: Math.max(0, rows * rowPx - gapPx) };
}

/** The half-open range of indices to draw. `topPx` is the top of the grid in the window, negative once it has scrolled up. */
export function visibleRange(
  { columns, rows, rowPx }: GridLayout,
  topPx: number,
  viewportPx: number,
  count: number,
): { start: number; end: number } {
  const row = (px: number) => Math.min(rows, Math.max(0, px));
  const firstRow = row(Math.floor(-topPx / rowPx) - overscanRows);
  const endRow = row(Math.ceil((viewportPx - topPx) / rowPx) + overscanRows);
  return { start: firstRow * columns, end: Math.min(count, endRow * columns) };
}

export function tilePosition(
  { columns, rowPx, tilePx }: GridLayout,
  index: number,
): { x: number; y: number } {
  return { x: (index % columns) * (tilePx + gapPx), y: Math.floor(index / columns) * rowPx };
}

/** Where a key leads from tile `index`; undefined when it is none of the grid's keys or leads nowhere. */
export function movedIndex(key: string, index: number, columns: number, count: number): number | undefined {
  const target = {
    ArrowRight: index + 1,
    ArrowLeft: index - 1,
    ArrowDown: index + columns,
    ArrowUp: index - columns,
    Home: 0,
    End: count - 1,
    PageDown: Math.min(count - 1, index + 4 * columns),
    PageUp: Math.max(0, index - 4 * columns),
  }[key];
  return target !== undefined && target >= 0 && target < count && target !== index ? target : undefined;
}
