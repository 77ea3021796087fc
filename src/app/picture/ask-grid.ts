/** From what was written beside the axes to a job of the queue, and what that job will cost. */
import {
  gridCells,
  readAxis,
  type AxisProblem,
  type GridAxis,
  type GridBase,
} from '../../domain/recipe/grid/grid.ts';
import { modelCalls } from '../../domain/diffusion/samplers/model-calls.ts';
import { limits } from '../../domain/limits.ts';
import { drawSeed } from '../base/random.ts';
import { pictureSec, timingKey } from '../making/timings.ts';
import { currentModel, modelNamed, sizeRules } from '../models/chosen-model.ts';
import { chosen } from './ask-for.ts';
import { draftProblems } from './draft-problems.ts';
import { draftSettings } from './draft.ts';
import type { PictureContext, PictureView } from './picture-context.ts';

export interface GridPlan {
  /** Beside each axis. */
  readonly problems: readonly (AxisProblem | null)[];
  readonly columns: number;
  readonly rows: number;
  /** Null where it cannot be told: nothing like it has been measured. */
  readonly seconds: number | null;
  /** Something under Advanced, or the prompt, is wrong. */
  readonly draftWrong: boolean;
  readonly tooMany: boolean;
}

const baseOf = (state: PictureView): GridBase => ({
  settings: draftSettings(state.draft),
  models: state.models.map(({ ref, card }) => ({ id: ref.id, name: card.name })),
  model: currentModel(state).ref.id,
});

export function planGrid(state: PictureView, axes: readonly GridAxis[]): GridPlan {
  const base = baseOf(state);
  const read = axes.map((axis) => readAxis(axis, base));
  const problems = read.map((each) => ('problem' in each ? each.problem : null));
  const [columns = [], rows = []] = read.map((each) => ('values' in each ? each.values : []));
  const count = columns.length * Math.max(1, rows.length);
  const tooMany = count > limits.gridCells.max;
  const wrong = Object.keys(draftProblems(state.draft, sizeRules(state).sizeMultiple)).length > 0;
  const good = problems.every((problem) => problem === null) && !wrong && !tooMany;
  const seconds = good ? secondsOf(state, gridCells(columns, rows, base)) : null;
  return {
    problems,
    columns: columns.length,
    rows: Math.max(1, rows.length),
    seconds,
    draftWrong: wrong,
    tooMany,
  };
}

function secondsOf(state: PictureView, cells: ReturnType<typeof gridCells>): number | null {
  const backend = state.engine.status === 'ready' ? state.engine.model.backend : 'wasm';
  const each = cells.map(({ settings, model }) => {
    const { ref } = modelNamed(state, { id: model });
    return pictureSec(state.timings[timingKey(ref, backend, settings)], modelCalls(settings));
  });
  return each.some((sec) => sec === null) ? null : each.reduce<number>((sum, sec) => sum + (sec ?? 0), 0);
}

/** False where it cannot be made as it stands. */
export function askGrid(context: PictureContext, axes: readonly GridAxis[]): boolean {
  const { store, deps, queue } = context;
  const { problems, columns, rows, draftWrong, tooMany } = planGrid(store.getState(), axes);
  if (draftWrong || tooMany || problems.some((problem) => problem !== null)) return false;
  const { draft } = store.getState();
  const seed = draft.seedLocked ? draft.seed : drawSeed(deps.random);
  store.setState({ draft: { ...draft, seed } });
  const settings = { ...draftSettings(draft), seed };
  queue.add({
    ...{ kind: 'picture', label: settings.prompt, ...chosen(context), settings },
    ...{ count: columns * rows, made: 0, source: null, grid: axes },
  });
  return true;
}
