/** UNets of Tiny SD's build as the app compiles them from weights, without the weights: `weights.json` says what `fill.ts` makes up. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledGraph, FloatType } from '../../src/domain/compile/compiled-graph.ts';
import type { WeightShapes } from '../../src/domain/compile/graph-builder.ts';
import { compileUnet } from '../../src/domain/compile/unet.ts';
import { placedAt } from '../../src/domain/onnx/build.ts';
import { writeModel } from '../../src/domain/onnx/file.ts';
import type { RandomWeights } from './fill.ts';

export interface LeanGraph {
  /** Below the folder of graphs. */
  readonly folder: string;
  readonly floatType: FloatType;
  readonly batch: number;
  /** Of the latents. */
  readonly side: number;
  readonly channels: readonly [number, number, number];
  readonly contextWidth: number;
  readonly norms: number;
}

/** Tiny SD's own, https://huggingface.co/segmind/tiny-sd/blob/main/unet/config.json, for a picture of 512 × 512. */
const tinySd = { side: 64, channels: [320, 640, 1280], contextWidth: 768, norms: 32 } as const;
/** Of the same build, for adapters that are slow. */
const small = { side: 16, channels: [32, 64, 128], contextWidth: 64, norms: 8 } as const;

export const leanGraphs = {
  half: { ...tinySd, folder: 'lean-float16-2', floatType: 'float16', batch: 2 },
  halfOne: { ...tinySd, folder: 'lean-float16-1', floatType: 'float16', batch: 1 },
  single: { ...tinySd, folder: 'lean-float32-2', floatType: 'float32', batch: 2 },
  small: { ...small, folder: 'lean-small', floatType: 'float32', batch: 2 },
} as const satisfies Record<string, LeanGraph>;

/** Those that are not there yet. */
export function writeLeanGraphs(top: string, graphs: readonly LeanGraph[]): void {
  for (const lean of graphs) {
    const folder = join(top, lean.folder);
    if (existsSync(join(folder, 'model.onnx'))) continue;
    mkdirSync(folder, { recursive: true });
    const { model, weights } = inOneFile(compiled(lean), lean.floatType);
    writeFileSync(join(folder, 'weights.json'), JSON.stringify(weights));
    writeFileSync(join(folder, 'model.onnx'), model);
  }
}

function compiled({ floatType, batch, side, channels, contextWidth, norms }: LeanGraph): CompiledGraph {
  const config = {
    _class_name: 'UNet2DConditionModel',
    act_fn: 'silu',
    block_out_channels: [...channels],
    layers_per_block: 1,
    down_block_types: channels.map(() => 'CrossAttnDownBlock2D'),
    up_block_types: channels.map(() => 'CrossAttnUpBlock2D'),
    mid_block_type: null,
    cross_attention_dim: contextWidth,
    attention_head_dim: 8,
    norm_num_groups: norms,
  };
  return compileUnet(config, anyWeights, { batch, height: side, width: side, tokens: 77 }, floatType);
}

/** Attention's projections have no bias; a block whose channels do not change has no shortcut, and that is only the first. */
const missing = /to_[qkv]\.bias$|^down_blocks\.0\..*conv_shortcut/;
const anyWeights: WeightShapes = {
  has: (name) => !missing.test(name),
  get: () => ({ shape: null }),
};

const alignment = 256;

function inOneFile({ model, weights: recipes }: CompiledGraph, type: FloatType) {
  const bytesEach = type === 'float16' ? 2 : 4;
  const weights = new Map<string, RandomWeights>();
  let offset = 0;
  for (const { name, shape } of recipes) {
    const count = shape.reduce((product, side) => product * side, 1);
    weights.set(name, { type, offset, count, ...spreadOf(name, shape) });
    offset += Math.ceil((count * bytesEach) / alignment) * alignment;
  }
  const graph = model.graph!;
  const initializers = graph.initializers.map((it) => {
    const place = weights.get(it.name ?? '');
    return place
      ? placedAt(it, { location: 'data.bin', offset: place.offset, length: place.count * bytesEach })
      : it;
  });
  return {
    model: writeModel({ ...model, graph: { ...graph, initializers } }),
    weights: [...weights.values()],
  };
}

/** So that numbers stay of one size from layer to layer, and float16 does not overflow. */
function spreadOf(name: string, shape: readonly number[]): Pick<RandomWeights, 'mean' | 'deviation'> {
  if (shape.length === 1) return { mean: /norm.*weight$/.test(name) ? 1 : 0, deviation: 0.02 };
  const inputs = shape.length === 4 ? shape.slice(1).reduce((a, b) => a * b) : shape[0]!;
  return { mean: 0, deviation: inputs ** -0.5 };
}
