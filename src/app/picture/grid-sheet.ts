/** All cells of a grid on one sheet, with what was changed beside them. */
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { AppError } from '../../domain/errors.ts';
import { cellPlace, type SheetPlan } from '../../domain/recipe/grid/sheet.ts';

interface Labels {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
}

const colours = { paper: '#ffffff', ink: '#161a19' } as const;

export async function drawSheet(
  plan: SheetPlan,
  cells: readonly Blob[],
  { columns, rows }: Labels,
): Promise<RgbaImage> {
  const { width, height, labelPx, cellWidth, cellHeight, left, top, gapPx } = plan;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new AppError('out-of-memory', 'The browser gave no canvas to draw on.');
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.fillStyle = colours.ink;
  context.font = ['500', `${labelPx}px`, 'sans-serif'].join(' ');
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  columns.forEach((label, at) => {
    write(context, label, cellPlace(plan, at).x + cellWidth / 2, top / 2, cellWidth, labelPx);
  });
  if (rows.length > 1) {
    rows.forEach((label, at) => {
      const y = cellPlace(plan, at * plan.columns).y + cellHeight / 2;
      write(context, label, left / 2, y, left - 2 * gapPx, labelPx);
    });
  }
  for (const [at, cell] of cells.entries()) {
    const bitmap = await createImageBitmap(cell);
    const { x, y } = cellPlace(plan, at);
    context.drawImage(bitmap, x, y, cellWidth, cellHeight);
    bitmap.close();
  }
  return context.getImageData(0, 0, width, height);
}

/** In as many lines as fit three labels' height; what is longer is squeezed. */
function write(
  context: OffscreenCanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  mostPx: number,
  labelPx: number,
): void {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && (context.measureText(longer).width <= mostPx || lines.length >= 2)) {
      lines[lines.length - 1] = longer;
    } else lines.push(word);
  }
  const step = labelPx * 1.2;
  lines.forEach((line, at) => context.fillText(line, x, y + (at - (lines.length - 1) / 2) * step, mostPx));
}
