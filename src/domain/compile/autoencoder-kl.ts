/** AutoencoderKL: Stable Diffusion's own VAE. */
import type { Json } from '../loose-json.ts';
import type { CompiledGraph, FloatType } from './compiled-graph.ts';
import { createGraphBuilder, type GraphBuilder, type TensorShapes, type Value } from './graph-builder.ts';
import {
  add,
  attention,
  attentionNames,
  conv,
  groupNorm,
  silu,
  toPicture,
  toSequence,
  upsample,
  type NormOptions,
  type Picture,
} from './layers.ts';
import { listIn, mustBe, numberIn } from './read-config.ts';
import { resnet } from './resnet.ts';

/** Of latents for the decoder, of the picture for the encoder. */
export interface PictureSize {
  readonly height: number;
  readonly width: number;
}

/** `latent_sample` [1, channels, height, width] → `sample` [1, 3, height · factor, width · factor]. Throws as `compileUnet`. */
export function compileDecoder(
  json: Json,
  tensors: TensorShapes,
  { height, width }: PictureSize,
  floatType: FloatType,
): CompiledGraph {
  const { channels, layers, latentChannels, norm } = readConfig(json);
  const g = createGraphBuilder(tensors, floatType);
  let x = g.toFloats(g.input('latent_sample', 'float32', [1, latentChannels, height, width]));
  if (g.has('post_quant_conv.weight')) x = conv(g, x, 'post_quant_conv', latentChannels, { kernel: 1 });
  const upwards = [...channels].reverse();
  x = conv(g, x, 'decoder.conv_in', upwards[0]!);
  x = middle(g, x, 'decoder.mid_block', norm);
  upwards.forEach((outChannels, i) => {
    const block = `decoder.up_blocks.${i}`;
    x = resnets(g, x, block, layers + 1, outChannels, norm);
    if (i < upwards.length - 1) x = conv(g, upsample(g, x), `${block}.upsamplers.0.conv`, outChannels);
  });
  x = silu(g, groupNorm(g, x, 'decoder.conv_norm_out', norm));
  g.output('sample', conv(g, x, 'decoder.conv_out', numberIn(json, 'out_channels', 3)));
  return g.finish();
}

/** `sample` [1, 3, height, width] → `latent_parameters`, mean and log variance one after the other. Throws as `compileUnet`. */
export function compileEncoder(
  json: Json,
  tensors: TensorShapes,
  { height, width }: PictureSize,
  floatType: FloatType,
): CompiledGraph {
  const { channels, layers, latentChannels, norm } = readConfig(json);
  const g = createGraphBuilder(tensors, floatType);
  let x = g.toFloats(g.input('sample', 'float32', [1, numberIn(json, 'in_channels', 3), height, width]));
  x = conv(g, x, 'encoder.conv_in', channels[0]!);
  channels.forEach((outChannels, i) => {
    const block = `encoder.down_blocks.${i}`;
    x = resnets(g, x, block, layers, outChannels, norm);
    if (i === channels.length - 1) return;
    x = conv(g, x, `${block}.downsamplers.0.conv`, outChannels, { stride: 2, pads: [0, 0, 1, 1] });
  });
  x = middle(g, x, 'encoder.mid_block', norm);
  x = silu(g, groupNorm(g, x, 'encoder.conv_norm_out', norm));
  x = conv(g, x, 'encoder.conv_out', 2 * latentChannels);
  if (g.has('quant_conv.weight')) x = conv(g, x, 'quant_conv', 2 * latentChannels, { kernel: 1 });
  g.output('latent_parameters', x);
  return g.finish();
}

function readConfig(json: Json) {
  mustBe(json, '_class_name', 'AutoencoderKL');
  mustBe(json, 'act_fn', 'silu', 'swish');
  const norm: NormOptions = { groups: numberIn(json, 'norm_num_groups', 32), epsilon: 1e-6 };
  return {
    channels: listIn(json, 'block_out_channels', [128, 256, 512, 512]),
    layers: numberIn(json, 'layers_per_block', 2),
    latentChannels: numberIn(json, 'latent_channels', 4),
    norm,
  };
}

function resnets(
  g: GraphBuilder,
  start: Value,
  block: string,
  count: number,
  outChannels: number,
  norm: NormOptions,
): Value {
  let x = start;
  for (let i = 0; i < count; i++) x = resnet(g, x, { tensor: `${block}.resnets.${i}`, outChannels, norm });
  return x;
}

function middle(g: GraphBuilder, x: Value, block: string, norm: NormOptions): Value {
  const outChannels = x.shape[1]!;
  let y = resnet(g, x, { tensor: `${block}.resnets.0`, outChannels, norm });
  if (g.has(`${block}.attentions.0.to_q.weight`)) y = selfAttention(g, y, `${block}.attentions.0`, norm);
  return resnet(g, y, { tensor: `${block}.resnets.1`, outChannels, norm });
}

function selfAttention(g: GraphBuilder, x: Value, tensor: string, norm: NormOptions): Value {
  const [, , height, width] = x.shape as Picture;
  const y = toSequence(g, groupNorm(g, x, `${tensor}.group_norm`, norm));
  const mixed = attention(g, y, y, { heads: 1, names: attentionNames(tensor) });
  return add(g, toPicture(g, mixed, height, width), x);
}
