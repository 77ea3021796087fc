/**
 * Layers of which the networks are made, in the forms that run on WebGPU and on WASM alike: group norms as instance norms, attention
 * and layer norms fused. Pictures are [batch, channels, height, width], sequences [batch, tokens, channels].
 */
import { float, int, ints, text } from '../onnx/build.ts';
import { besideConv, besideLinear } from './beside.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';

/** `tensor`: without `.weight` and `.bias`. A bias is added where the checkpoint has one. */
export function linear(g: GraphBuilder, x: Value, tensor: string, outChannels: number): Value {
  const lead = x.shape.slice(0, -1);
  const weight = g.weight(`${tensor}.weight`, [x.shape.at(-1)!, outChannels], { transposed: true });
  const product = g.op('MatMul', [x, weight], [...lead, outChannels]);
  const biased = g.has(`${tensor}.bias`)
    ? g.op('Add', [product, g.weight(`${tensor}.bias`, [outChannels])], product.shape)
    : product;
  return besideLinear(g, x, biased, `${tensor}.weight`);
}

export interface ConvOptions {
  readonly kernel?: 1 | 3;
  readonly stride?: 1 | 2;
  /** Pixels added at top, left, bottom and right; as many as keep the size, where it is not said. */
  readonly pads?: readonly [number, number, number, number];
}

export function conv(
  g: GraphBuilder,
  x: Value,
  tensor: string,
  outChannels: number,
  { kernel = 3, stride = 1, pads }: ConvOptions = {},
): Value {
  const [batch, channels, height, width] = x.shape as Picture;
  const [top, left, bottom, right] = pads ?? new Array<number>(4).fill((kernel - 1) / 2);
  const side = (length: number, added: number) => Math.floor((length + added - kernel) / stride) + 1;
  const shape = [batch, outChannels, side(height, top + bottom), side(width, left + right)];
  const weight = g.weight(`${tensor}.weight`, [outChannels, channels, kernel, kernel]);
  const bias = g.has(`${tensor}.bias`) ? [g.weight(`${tensor}.bias`, [outChannels])] : [];
  const attributes = {
    kernel_shape: ints([kernel, kernel]),
    strides: ints([stride, stride]),
    pads: ints([top, left, bottom, right]),
  };
  const y = g.op('Conv', [x, weight, ...bias], shape, { attributes });
  return besideConv(g, x, y, `${tensor}.weight`, attributes, kernel);
}

export type Picture = readonly [batch: number, channels: number, height: number, width: number];

export interface NormOptions {
  readonly groups: number;
  readonly epsilon: number;
}

/** No backend has a kernel for GroupNorm itself: the groups become the channels of an instance norm. */
export function groupNorm(
  g: GraphBuilder,
  x: Value,
  tensor: string,
  { groups, epsilon }: NormOptions,
): Value {
  const [batch, channels, height, width] = x.shape as Picture;
  const grouped = [batch, groups, (channels / groups) * height * width];
  const one = g.floats(new Array<number>(groups).fill(1));
  const zero = g.floats(new Array<number>(groups).fill(0));
  const apart = reshape(g, x, grouped);
  const normal = g.op('InstanceNormalization', [apart, one, zero], grouped, {
    attributes: { epsilon: float(epsilon) },
  });
  const together = reshape(g, normal, x.shape);
  const scaled = g.op('Mul', [together, g.weight(`${tensor}.weight`, [1, channels, 1, 1])], x.shape);
  return g.op('Add', [scaled, g.weight(`${tensor}.bias`, [1, channels, 1, 1])], x.shape);
}

export function layerNorm(g: GraphBuilder, x: Value, tensor: string, epsilon: number): Value {
  const channels = x.shape.at(-1)!;
  const weights = [g.weight(`${tensor}.weight`, [channels]), g.weight(`${tensor}.bias`, [channels])];
  return g.op('LayerNormalization', [x, ...weights], x.shape, {
    attributes: { axis: int(-1), epsilon: float(epsilon) },
  });
}

export const add = (g: GraphBuilder, a: Value, b: Value): Value => g.op('Add', [a, b], a.shape);

export const silu = (g: GraphBuilder, x: Value): Value =>
  g.op('Mul', [x, g.op('Sigmoid', [x], x.shape)], x.shape);

export const gelu = (g: GraphBuilder, x: Value): Value =>
  g.op('Gelu', [x], x.shape, { domain: 'com.microsoft' });

export const reshape = (g: GraphBuilder, x: Value, shape: readonly number[]): Value =>
  g.op('Reshape', [x, g.integers(...shape)], shape);

/** Every pixel becomes a token. */
export function toSequence(g: GraphBuilder, x: Value): Value {
  const [batch, channels, height, width] = x.shape as Picture;
  const last = g.op('Transpose', [x], [batch, height, width, channels], {
    attributes: { perm: ints([0, 2, 3, 1]) },
  });
  return reshape(g, last, [batch, height * width, channels]);
}

/** The inverse of `toSequence`. */
export function toPicture(g: GraphBuilder, x: Value, height: number, width: number): Value {
  const [batch = 1, , channels = 1] = x.shape;
  const square = reshape(g, x, [batch, height, width, channels]);
  return g.op('Transpose', [square], [batch, channels, height, width], {
    attributes: { perm: ints([0, 3, 1, 2]) },
  });
}

/** Twice as large, by nearest neighbour. */
export function upsample(g: GraphBuilder, x: Value): Value {
  const [batch, channels, height, width] = x.shape as Picture;
  const attributes = {
    mode: text('nearest'),
    coordinate_transformation_mode: text('asymmetric'),
    nearest_mode: text('floor'),
  };
  return g.op('Resize', [x, null, g.float32([1, 1, 2, 2])], [batch, channels, 2 * height, 2 * width], {
    attributes,
  });
}

/** The projections' names, by network; `mask` is added to the scores. */
export interface AttentionOptions {
  readonly heads: number;
  readonly names: { readonly q: string; readonly k: string; readonly v: string; readonly out: string };
  readonly mask?: Value;
}

/** `context` is what keys and values are made of; `x` itself for self-attention. Fused, so that no score matrix is held. */
export function attention(
  g: GraphBuilder,
  x: Value,
  context: Value,
  { heads, names, mask }: AttentionOptions,
): Value {
  const channels = x.shape.at(-1)!;
  const q = linear(g, x, names.q, channels);
  const k = linear(g, context, names.k, channels);
  const v = linear(g, context, names.v, channels);
  const from = mask ? [q, k, v, null, null, mask] : [q, k, v];
  const mixed = g.op('MultiHeadAttention', from, x.shape, {
    domain: 'com.microsoft',
    attributes: { num_heads: int(heads) },
  });
  return linear(g, mixed, names.out, channels);
}

/** As diffusers calls them. */
export const attentionNames = (tensor: string) => ({
  q: `${tensor}.to_q`,
  k: `${tensor}.to_k`,
  v: `${tensor}.to_v`,
  out: `${tensor}.to_out.0`,
});
