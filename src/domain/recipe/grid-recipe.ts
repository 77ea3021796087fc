/** What made a grid: the settings that all cells share, and what its axes change. Kept with the sheet. */
import * as z from 'zod/mini';
import '../without-eval.ts';
import { axisKinds, gridCells, readAxis, type AxisValue, type Cell, type GridAxis } from './grid/grid.ts';
import { parseRecipe, type ImageRecipe } from './recipe.ts';

export interface GridRecipe {
  readonly version: 1;
  readonly kind: 'grid';
  readonly base: ImageRecipe;
  /** Along the top, and at the left. */
  readonly axes: readonly GridAxis[];
  /** Those that an axis may name. */
  readonly models: readonly { readonly id: string; readonly name: string }[];
}

export const gridAxesSchema = z.array(z.object({ kind: z.enum(axisKinds), text: z.string() }));

const gridSchema = z.object({
  version: z.literal(1),
  kind: z.literal('grid'),
  base: z.unknown(),
  axes: gridAxesSchema,
  models: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** Null for what is no grid of this version. Throws as `parseRecipe` for a grid of damaged settings. */
export function readGridRecipe(data: unknown): GridRecipe | null {
  const grid = gridSchema.safeParse(data).data;
  return grid ? { ...grid, base: parseRecipe(grid.base) } : null;
}

export interface ReadGrid {
  readonly columns: readonly AxisValue[];
  readonly rows: readonly AxisValue[];
  /** Row by row. */
  readonly cells: readonly Cell[];
}

/** Null where an axis cannot be read. */
export function cellsOfGrid({ base, axes, models }: GridRecipe): ReadGrid | null {
  const from = { settings: base.settings, model: base.model.id, models };
  const [columns, rows] = axes.map((axis) => {
    const read = readAxis(axis, from);
    return 'values' in read ? read.values : null;
  });
  if (!columns || rows === null) return null;
  return { columns, rows: rows ?? [], cells: gridCells(columns, rows ?? [], from) };
}
