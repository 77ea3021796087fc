/** Where everything lies on the sheet that a grid becomes. In pixels; the labels lie along the top and at the left. */
export interface SheetPlan {
  readonly width: number;
  readonly height: number;
  readonly labelPx: number;
  readonly columns: number;
  readonly rows: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly left: number;
  readonly top: number;
  readonly gapPx: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

const gapShare = 0.02;
const labelShare = 0.055;

/** Cells are made smaller where the sheet would be larger than `mostPx` at a side. */
export function planSheet(
  columns: number,
  rows: number,
  cell: { readonly width: number; readonly height: number },
  mostPx: number,
): SheetPlan {
  const at = (scale: number): SheetPlan => {
    const [cellWidth, cellHeight] = [Math.floor(cell.width * scale), Math.floor(cell.height * scale)];
    const labelPx = Math.max(12, Math.round(Math.max(cellWidth, cellHeight) * labelShare));
    const gapPx = Math.max(2, Math.round(cellWidth * gapShare));
    const top = 3 * labelPx;
    const left = rows > 1 ? Math.max(8 * labelPx, Math.round(cellWidth * 0.4)) : gapPx;
    const [width, height] = [left + columns * (cellWidth + gapPx), top + rows * (cellHeight + gapPx)];
    return { width, height, labelPx, columns, rows, cellWidth, cellHeight, left, top, gapPx };
  };
  const whole = at(1);
  const scale = Math.min(1, mostPx / whole.width, mostPx / whole.height);
  return scale === 1 ? whole : at(scale * 0.97);
}

/** Of the upper left corner of the cell `at`, row by row. */
export const cellPlace = (
  { columns, left, top, cellWidth, cellHeight, gapPx }: SheetPlan,
  at: number,
): Place => ({
  x: left + (at % columns) * (cellWidth + gapPx),
  y: top + Math.floor(at / columns) * (cellHeight + gapPx),
});
