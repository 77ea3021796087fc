/** Computes a graph of pictures whose values are too large for the device: stage by stage, each in tiles, without seams. */
import { toFloat16 } from '../../domain/diffusion/float16.ts';
import {
  createGroupStatistics,
  type GroupStatistics,
} from '../../domain/diffusion/image/group-statistics.ts';
import {
  copyRows,
  cutOut,
  emptyPlanes,
  planTiles,
  scaledSpan,
  shiftedSpan,
  type Planes,
  type Tile,
} from '../../domain/diffusion/image/tiles.ts';
import { readModel, writeModel } from '../../domain/onnx/file.ts';
import type { GroupNorm } from '../../domain/onnx/group-norms.ts';
import { elementTypes, type OnnxGraph, type OnnxModel } from '../../domain/onnx/model.ts';
import {
  scaleInput,
  shiftInput,
  stageGraph,
  stagesOf,
  type Stage,
  type StagedGraph,
} from '../../domain/onnx/stages.ts';
import { AppError } from '../../domain/errors.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import type { Graph, HostTensor, Runtime, Session } from '../runtime/runtime.ts';

export interface StagedRun {
  readonly runtime: Runtime;
  readonly graph: Graph;
  /** One picture, [1, channels, height, width]. */
  readonly input: Planes;
  /** Pictures of more bytes than this, in float32, are made in tiles. */
  readonly largestBytes: number;
  /** Of the largest picture of a tile; `largestBytes` when left out. */
  readonly tileBytes?: number;
  readonly signal: AbortSignal;
  /** After each tile. */
  readonly onTile: (done: number, total: number) => void;
}

/**
 * The graph's one output. A graph of which it cannot be told how pixels go through it is computed whole. A cancel is heard before every tile.
 * Throws as `Runtime` and `readModel`, and `AbortError`.
 */
export async function runInStages(run: StagedRun): Promise<Planes> {
  const model = readModel(run.graph.model);
  const area = run.input.height * run.input.width;
  const staged = stagesOf(model.graph, (widest) => widest * area * 4 > run.largestBytes);
  const output = model.graph.outputs[0]!.name!;
  if (!staged.pictures.has(output)) return runWhole(run, model.graph);
  const plans = staged.stages.map((stage) => planStage(stage, run));
  const total = plans.reduce((sum, { tiles }) => sum + tiles.length, 0);
  const state = createState(model.graph, staged, run.input);
  let done = 0;
  for (const plan of plans)
    await runStage({ run, model, staged, plan, state }, () => run.onTile(++done, total));
  return state.get(output);
}

async function runWhole(
  { runtime, graph, input, onTile }: StagedRun,
  { inputs, outputs }: OnnxGraph,
): Promise<Planes> {
  const session = await runtime.createSession(graph);
  try {
    const [first, output] = [inputs[0]!, outputs[0]!.name!];
    const fed = hostTensor(inType(input, first.type?.tensor?.elementType));
    const planes = planesOf(await session.run({ [first.name!]: fed }, output));
    onTile(1, 1);
    return planes;
  } finally {
    await session.release();
  }
}

interface StagePlan {
  readonly stage: Stage;
  readonly tiles: readonly Tile[];
  /** Of one tile, in pixels of the stage's unit. */
  readonly size: { readonly height: number; readonly width: number };
}

function planStage(stage: Stage, { input, largestBytes, tileBytes = largestBytes }: StagedRun): StagePlan {
  const [height, width] = [input.height * stage.unit, input.width * stage.unit];
  const { reach } = stage;
  const side = reach === null ? Infinity : tileSide(stage, reach, tileBytes);
  const tiles = planTiles(height, width, side, reach ?? 0);
  return { stage, tiles, size: { height: Math.min(side, height), width: Math.min(side, width) } };
}

/** As large as memory allows, and never so small that tiles are mostly margin. */
const tileSide = ({ widest, unit }: Stage, reach: number, tileBytes: number): number =>
  Math.max(2 * reach + Math.max(8, reach), Math.floor(Math.sqrt(tileBytes / 4 / (widest / unit ** 2))));

/** Pictures between stages, each as long as a later stage needs it, and what is known of their groups. */
function createState(graph: OnnxGraph, { stages, pictures }: StagedGraph, input: Planes) {
  const first = graph.inputs[0]!.name!;
  const kept = new Map([[first, inType(input, pictures.get(first)?.elementType)]]);
  const statistics = new Map<string, GroupStatistics>();
  const norms = stages.flatMap((stage) => stage.norms);
  return {
    get: (name: string) => kept.get(name)!,
    open: (stage: Stage, like: Planes['data'], size: { height: number; width: number }) => {
      const { channels } = pictures.get(stage.output)!;
      const planes = emptyPlanes(like, { channels, ...size });
      kept.set(stage.output, planes);
      const counts = norms.filter((norm) => norm.input === stage.output);
      for (const norm of counts) statistics.set(norm.output, createGroupStatistics(norm.groups));
      return { planes, counts: counts.map((norm) => statistics.get(norm.output)!) };
    },
    normalization: (norm: GroupNorm) => statistics.get(norm.output)!.normalization(norm.epsilon),
    letGo: (done: Stage) => {
      const later = stages.slice(stages.indexOf(done) + 1).flatMap(({ inputs }) => inputs);
      for (const name of done.inputs) if (!later.includes(name)) kept.delete(name);
    },
  };
}

interface StageRun {
  readonly run: StagedRun;
  readonly model: OnnxModel & { readonly graph: OnnxGraph };
  readonly staged: StagedGraph;
  readonly plan: StagePlan;
  readonly state: ReturnType<typeof createState>;
}

async function runStage(stageRun: StageRun, onTile: () => void): Promise<void> {
  const { run, model, staged, plan, state } = stageRun;
  const { stage, tiles } = plan;
  await yieldToEvents();
  run.signal.throwIfAborted();
  const graph = stageGraph(model.graph, stage, staged.pictures, plan.size);
  const session = await run.runtime.createSession({
    model: writeModel({ ...model, graph }),
    externalData: run.graph.externalData,
  });
  try {
    const norms = normFeeds(stageRun);
    let opened: ReturnType<typeof state.open> | undefined;
    for (const tile of tiles) {
      await yieldToEvents();
      run.signal.throwIfAborted();
      const part = await runTile(stageRun, session, tile, norms);
      const scale = outputScale(stageRun);
      opened ??= state.open(stage, part.data, {
        height: run.input.height * scale,
        width: run.input.width * scale,
      });
      const factor = scale / stage.unit;
      const rows = scaledSpan(tile.rows.core, factor);
      const columns = scaledSpan(tile.columns.core, factor);
      const core = cutOut(
        part,
        shiftedSpan(rows, -tile.rows.whole.start * factor),
        shiftedSpan(columns, -tile.columns.whole.start * factor),
      );
      const all = { rows: { start: 0, end: core.height }, columns: { start: 0, end: core.width } };
      copyRows(core, all, opened.planes, { row: rows.start, column: columns.start });
      for (const count of opened.counts) count.add(core);
      onTile();
    }
  } finally {
    await session.release();
  }
  state.letGo(stage);
}

const outputScale = ({ staged, plan }: StageRun) => staged.pictures.get(plan.stage.output)!.scale;

type Feeds = Readonly<Record<string, HostTensor>>;

function normFeeds({ staged, plan, state }: StageRun): Feeds {
  const feeds = plan.stage.norms.flatMap((norm) => {
    const { channels } = staged.pictures.get(norm.input)!;
    const { scale, shift } = state.normalization(norm);
    const spread = (groups: Float64Array): HostTensor => ({
      type: 'float32',
      dims: [1, channels, 1, 1],
      data: Float32Array.from(
        { length: channels },
        (_, i) => groups[Math.floor((i * groups.length) / channels)]!,
      ),
    });
    return [[scaleInput(norm), spread(scale)] as const, [shiftInput(norm), spread(shift)] as const];
  });
  return Object.fromEntries(feeds);
}

async function runTile(
  { staged, plan, state }: StageRun,
  session: Session,
  tile: Tile,
  norms: Feeds,
): Promise<Planes> {
  const { stage } = plan;
  const pictures = stage.inputs.map((name) => {
    const factor = staged.pictures.get(name)!.scale / stage.unit;
    const planes = cutOut(
      state.get(name),
      scaledSpan(tile.rows.whole, factor),
      scaledSpan(tile.columns.whole, factor),
    );
    return [name, hostTensor(planes)] as const;
  });
  const output = await session.run({ ...norms, ...Object.fromEntries(pictures) }, stage.output);
  return planesOf(output);
}

/** The input as the graph takes it. */
const inType = (input: Planes, elementType: number | undefined): Planes =>
  elementType === elementTypes.float16 && input.data instanceof Float32Array
    ? { ...input, data: toFloat16(input.data) }
    : input;

const hostTensor = ({ data, channels, height, width }: Planes): HostTensor => ({
  type: data instanceof Uint16Array ? 'float16' : 'float32',
  dims: [1, channels, height, width],
  data,
});

function planesOf({ data, dims }: HostTensor): Planes {
  const [, channels = 0, height = 0, width = 0] = dims;
  if (data instanceof Float32Array || data instanceof Uint16Array) return { data, channels, height, width };
  throw new AppError('model-unsupported', 'A stage of the autoencoder answers with no floats.');
}
