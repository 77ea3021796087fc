import { int } from '../onnx/build.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import {
  add,
  attention,
  attentionNames,
  gelu,
  groupNorm,
  layerNorm,
  linear,
  toPicture,
  toSequence,
  type Picture,
} from './layers.ts';

export interface TransformerOptions {
  readonly tensor: string;
  readonly heads: number;
  readonly depth: number;
  readonly groups: number;
}

/**
 * A picture attends to itself and to the prompt. 1 × 1 convolutions and linear projections are the same here, and both are multiplied as
 * matrices. Source: diffusers' `Transformer2DModel`.
 */
export function transformer(g: GraphBuilder, x: Value, prompt: Value, options: TransformerOptions): Value {
  const { tensor, heads, depth, groups } = options;
  const [, channels, height, width] = x.shape as Picture;
  let y = toSequence(g, groupNorm(g, x, `${tensor}.norm`, { groups, epsilon: 1e-6 }));
  y = linear(g, y, `${tensor}.proj_in`, channels);
  for (let i = 0; i < depth; i++) y = block(g, y, prompt, `${tensor}.transformer_blocks.${i}`, heads);
  y = linear(g, y, `${tensor}.proj_out`, channels);
  return add(g, toPicture(g, y, height, width), x);
}

/** Source: diffusers' `BasicTransformerBlock`. */
function block(g: GraphBuilder, x: Value, prompt: Value, tensor: string, heads: number): Value {
  const self = layerNorm(g, x, `${tensor}.norm1`, 1e-5);
  let y = add(g, attention(g, self, self, { heads, names: attentionNames(`${tensor}.attn1`) }), x);
  const cross = layerNorm(g, y, `${tensor}.norm2`, 1e-5);
  y = add(g, attention(g, cross, prompt, { heads, names: attentionNames(`${tensor}.attn2`) }), y);
  const forward = layerNorm(g, y, `${tensor}.norm3`, 1e-5);
  return add(g, linear(g, geglu(g, forward, tensor), `${tensor}.ff.net.2`, y.shape.at(-1)!), y);
}

/** One half of the features opens or closes the other. */
function geglu(g: GraphBuilder, x: Value, tensor: string): Value {
  const inner = 4 * x.shape.at(-1)!;
  const both = linear(g, x, `${tensor}.ff.net.0.proj`, 2 * inner);
  const half = [...x.shape.slice(0, -1), inner];
  const [values, gate] = g.ops('Split', [both], [half, half], {
    attributes: { axis: int(-1), num_outputs: int(2) },
  });
  return g.op('Mul', [values!, gelu(g, gate!)], half);
}
