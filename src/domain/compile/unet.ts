/** UNet2DConditionModel: Stable Diffusion 1 and 2, their distillations by Segmind and Nota, latent consistency models. */
import type { Json } from '../loose-json.ts';
import { int } from '../onnx/build.ts';
import type { LowRanks } from '../weights/low-rank.ts';
import type { CompiledGraph, FloatType } from './compiled-graph.ts';
import { createGraphBuilder, type GraphBuilder, type WeightShapes, type Value } from './graph-builder.ts';
import { add, conv, groupNorm, linear, silu, upsample } from './layers.ts';
import { resnet } from './resnet.ts';
import { transformer } from './transformer.ts';
import { readUnetConfig, type UnetConfig, type UnetLevel } from './unet-config.ts';

export interface UnetShape {
  /** Predictions at once: 2 with guidance. */
  readonly batch: number;
  /** In latent pixels. */
  readonly height: number;
  readonly width: number;
  /** Of the prompt: 77 for each chunk. */
  readonly tokens: number;
}

/**
 * Inputs `sample` [batch, channels, height, width], `timestep` [1], `encoder_hidden_states` [batch, tokens, width] and, for an LCM,
 * `timestep_cond` [batch, n]; output `out_sample`, as `sample` but with the channels that are predicted. All float32. Throws
 * `model-unsupported`, `model-incomplete`.
 */
export function compileUnet(
  json: Json,
  tensors: WeightShapes,
  { batch, height, width, tokens }: UnetShape,
  floatType: FloatType,
  lowRanks?: LowRanks,
): CompiledGraph {
  const config = readUnetConfig(json);
  const g = createGraphBuilder(tensors, floatType, lowRanks);
  const sample = g.input('sample', 'float32', [batch, config.inChannels, height, width]);
  const timestep = g.input('timestep', 'float32', [1]);
  const prompt = g.input('encoder_hidden_states', 'float32', [batch, tokens, config.contextWidth]);
  const context: Context = {
    g,
    config,
    norm: { groups: config.groups, epsilon: config.epsilon },
    prompt: g.toFloats(prompt),
    time: timeEmbedding(g, timestep, config, batch),
  };
  const bottom = descend(context, conv(g, g.toFloats(sample), 'conv_in', config.timeChannels));
  const middle = config.middle ? middleBlock(context, bottom.x, config.middle) : bottom.x;
  const top = ascend(context, middle, bottom.skips);
  const normal = silu(g, groupNorm(g, top, 'conv_norm_out', context.norm));
  g.output('out_sample', conv(g, normal, 'conv_out', config.outChannels));
  return g.finish();
}

interface Context {
  readonly g: GraphBuilder;
  readonly config: UnetConfig;
  readonly norm: { readonly groups: number; readonly epsilon: number };
  readonly prompt: Value;
  /** Activated, as every ResNet wants it. */
  readonly time: Value;
}

/** Sines and cosines in float32, whatever the rest is in. Source: diffusers' `Timesteps` and `TimestepEmbedding`. */
function timeEmbedding(g: GraphBuilder, timestep: Value, config: UnetConfig, batch: number): Value {
  const { timeChannels: channels, frequencyShift, sineFirst, guidanceWidth } = config;
  const half = channels / 2;
  const frequency = (i: number) => Math.exp((-Math.log(10000) * i) / (half - frequencyShift));
  const frequencies = g.float32(
    Array.from({ length: half }, (_, i) => frequency(i)),
    [1, half],
  );
  const angles = g.op('Mul', [timestep, frequencies], [1, half]);
  const waves = [g.op('Cos', [angles], [1, half]), g.op('Sin', [angles], [1, half])];
  const ordered = sineFirst ? waves.reverse() : waves;
  let x = g.toFloats(g.op('Concat', ordered, [1, channels], { attributes: { axis: int(1) } }));
  if (guidanceWidth !== null) {
    const guidance = g.toFloats(g.input('timestep_cond', 'float32', [batch, guidanceWidth]));
    x = add(g, linear(g, guidance, 'time_embedding.cond_proj', channels), x);
  }
  const inner = 4 * channels;
  const hidden = silu(g, linear(g, x, 'time_embedding.linear_1', inner));
  return silu(g, linear(g, hidden, 'time_embedding.linear_2', inner));
}

/** `skips`: what each layer on the way down gave, for the way up. */
function descend(context: Context, start: Value): { readonly x: Value; readonly skips: readonly Value[] } {
  const { g, config } = context;
  const skips = [start];
  let x = start;
  config.down.forEach((level, i) => {
    for (let j = 0; j < level.resnets; j++) {
      x = layer(context, x, `down_blocks.${i}`, j, level);
      skips.push(x);
    }
    if (i === config.down.length - 1) return;
    const pad = config.downsamplePadding;
    // Without padding the reference adds a line at the right and at the bottom.
    const pads = [pad, pad, pad || 1, pad || 1] as const;
    x = conv(g, x, `down_blocks.${i}.downsamplers.0.conv`, level.channels, { stride: 2, pads });
    skips.push(x);
  });
  return { x, skips };
}

function middleBlock(context: Context, x: Value, level: UnetLevel): Value {
  if (!level.attends) return residual(context, x, 'mid_block.resnets.0', level);
  const y = layer(context, x, 'mid_block', 0, level);
  return residual(context, y, 'mid_block.resnets.1', level);
}

function ascend(context: Context, start: Value, skips: readonly Value[]): Value {
  const { g, config } = context;
  const waiting = [...skips];
  let x = start;
  config.up.forEach((level, i) => {
    for (let j = 0; j < level.resnets; j++) {
      x = layer(context, joined(g, x, waiting.pop()!), `up_blocks.${i}`, j, level);
    }
    if (i === config.up.length - 1) return;
    x = conv(g, upsample(g, x), `up_blocks.${i}.upsamplers.0.conv`, level.channels);
  });
  return x;
}

/** A ResNet and, where the level attends, a transformer. */
function layer(context: Context, x: Value, block: string, index: number, level: UnetLevel): Value {
  const { g, config, prompt } = context;
  const y = residual(context, x, `${block}.resnets.${index}`, level);
  if (!level.attends) return y;
  const { heads, depth } = level;
  return transformer(g, y, prompt, {
    tensor: `${block}.attentions.${index}`,
    heads,
    depth,
    groups: config.groups,
  });
}

const residual = ({ g, norm, time }: Context, x: Value, tensor: string, { channels }: UnetLevel) =>
  resnet(g, x, { tensor, outChannels: channels, norm, time });

function joined(g: GraphBuilder, a: Value, b: Value): Value {
  const [batch = 1, channels = 0, ...sides] = a.shape;
  const shape = [batch, channels + b.shape[1]!, ...sides];
  return g.op('Concat', [a, b], shape, { attributes: { axis: int(1) } });
}
