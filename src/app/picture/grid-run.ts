/** A grid: cell after cell is drawn and shown, then all become one sheet, which is kept with its recipe. */
import { AppError } from '../../domain/errors.ts';
import { planSheet } from '../../domain/recipe/grid/sheet.ts';
import { limits } from '../../domain/limits.ts';
import { cellsOfGrid, type GridRecipe, type ReadGrid } from '../../domain/recipe/grid-recipe.ts';
import type { PictureJob } from '../../domain/recipe/queue-job.ts';
import type { RunProgress } from '../engine/progress.ts';
import type { MadePicture } from '../making/draw-pictures.ts';
import { keepWork } from '../making/keep-works.ts';
import { makePicture } from '../making/make-pictures.ts';
import type { Told } from '../making/tracker.ts';
import { modelNamed } from '../models/chosen-model.ts';
import { showToast } from '../base/toasts.ts';
import { message } from '../words/message.ts';
import type { PictureContext } from './picture-context.ts';
import { drawSheet } from './grid-sheet.ts';

export interface GridJob extends PictureJob {
  readonly grid: NonNullable<PictureJob['grid']>;
}

/** Ids of the cells, as they stand among the pictures of the session. Throws as `makePictures`. */
export async function runGrid(
  context: PictureContext,
  job: GridJob,
  signal: AbortSignal,
  onProgress: (told: Told) => void,
): Promise<readonly string[]> {
  const { store, deps, preview } = context;
  const { models } = store.getState();
  const recipe = recipeOf(context, job);
  const read = cellsOfGrid(recipe);
  if (!read)
    throw new AppError('bad-input', 'An axis of the grid cannot be read any more.', { field: 'grid' });
  const { cells } = read;
  const made: MadePicture[] = [];
  const ids: string[] = [];
  const beganMs = deps.now();
  // Models change as seldom as they can: loading one takes longer than a picture.
  const order = cells.map((_, at) => at);
  order.sort((a, b) => place(models, cells[a]!.model) - place(models, cells[b]!.model) || a - b);
  for (const [done, at] of order.entries()) {
    const { settings, model } = cells[at]!;
    const maker = { model: modelNamed(store.getState(), { id: model }), backend: job.backend };
    const wanted = { ...maker, steps: settings.steps, plan: () => ({ settings }) };
    const picture = await makePicture(context, wanted, signal, {
      onProgress: ({ progress }) =>
        tell(context, onProgress, overall(progress, done, cells.length, beganMs, deps.now())),
      onEvent: (event) => void (event.phase === 'denoise' && preview.show(event.preview)),
    });
    made[at] = picture;
    ids.push(show(context, picture));
  }
  await keepSheet(context, recipe, read, made);
  return ids;
}

const place = (models: readonly { readonly ref: { readonly id: string } }[], id: string) =>
  models.findIndex(({ ref }) => ref.id === id);

/** Of all cells together: the rest takes as long as those before it did. */
function overall(
  { now, fraction, ...others }: RunProgress,
  done: number,
  count: number,
  beganMs: number,
  nowMs: number,
): Told {
  const whole = (done + fraction) / count;
  const progress = { ...others, now, imageIndex: done, imageCount: count, fraction: whole };
  const enough = whole * count > 0.5;
  return { progress, expectedEndMs: enough ? beganMs + (nowMs - beganMs) / whole : null };
}

function tell({ store }: PictureContext, onProgress: (told: Told) => void, told: Told): void {
  const { run } = store.getState();
  if (run.status === 'running') store.setState({ run: { ...run, ...told } });
  onProgress(told);
}

/** A cell can be looked at, and its settings taken; only the sheet is kept. */
function show(context: PictureContext, { file, recipe, width, height, timings }: MadePicture): string {
  const { store, deps, kept, open } = context;
  const id = `picture-${++open.lastId}`;
  kept.set(id, { file, source: null, work: Promise.resolve(null) });
  const seconds = (timings.encodeMs + timings.denoiseMs + timings.decodeMs) / 1000;
  const picture = { id, url: deps.images.createUrl(file), recipe, width, height, began: false, seconds };
  store.setState(({ pictures }) => ({ pictures: [picture, ...pictures] }));
  return id;
}

async function keepSheet(
  context: PictureContext,
  recipe: GridRecipe,
  { columns, rows }: ReadGrid,
  made: readonly MadePicture[],
): Promise<void> {
  const [first] = made as [MadePicture];
  const plan = planSheet(columns.length, Math.max(1, rows.length), first, limits.edit.largestSide);
  const labels = { columns: columns.map(({ label }) => label), rows: rows.map(({ label }) => label) };
  const sheet = await drawSheet(
    plan,
    made.map(({ file }) => file),
    labels,
  );
  const file = await context.deps.images.encode(sheet, recipe.base);
  const { width, height } = plan;
  const text = recipe.base.settings.prompt;
  await keepWork(context, { kind: 'image', text, recipe, width, height, file, preview: file });
  const look = () => (location.hash = '#/gallery');
  showToast(context, message('gridReady', made.length), [{ label: message('toGallery'), run: look }]);
}

function recipeOf({ store, deps }: PictureContext, { settings, model, grid }: GridJob): GridRecipe {
  const models = store.getState().models.map(({ ref, card }) => ({ id: ref.id, name: card.name }));
  const base = { version: 1, kind: 'image', settings, model, app: deps.appName } as const;
  return { version: 1, kind: 'grid', base, axes: grid, models };
}
