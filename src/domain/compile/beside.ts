/** What LoRAs add beside a layer's weight: see `domain/weights/low-rank.ts`. */
import type { AttributeValue } from '../onnx/build.ts';
import type { LowRank } from '../weights/low-rank.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';

const rankOf = ({ ranks }: LowRank) => ranks.reduce((sum, rank) => sum + rank, 0);

/** `y` is what the layer makes of `x` [..., in]. */
export function besideLinear(g: GraphBuilder, x: Value, y: Value, weight: string): Value {
  const found = g.lowRank(weight);
  if (!found) return y;
  const rank = rankOf(found);
  const [inside, outside] = [x.shape.at(-1)!, y.shape.at(-1)!];
  const down = factor(g, found.downs, [inside, rank], true);
  const up = factor(g, found.ups, [rank, outside], false);
  const inner = g.op('MatMul', [x, down], [...x.shape.slice(0, -1), rank]);
  const weighed = g.op('Mul', [inner, g.loraWeights(found, [1, rank])], inner.shape);
  return g.op('Add', [y, g.op('MatMul', [weighed, up], y.shape)], y.shape);
}

/** The same for a convolution [out, in, kernel, kernel] with these attributes: the rank's one looks around, the other does not. */
export function besideConv(
  g: GraphBuilder,
  x: Value,
  y: Value,
  weight: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  kernel: number,
): Value {
  const found = g.lowRank(weight);
  if (!found) return y;
  const rank = rankOf(found);
  const [batch = 1, outside = 1, ...sides] = y.shape;
  const down = factor(g, found.downs, [rank, x.shape[1]!, kernel, kernel], false);
  const up = factor(g, found.ups, [outside, rank, 1, 1], true);
  const inner = g.op('Conv', [x, down], [batch, rank, ...sides], { attributes });
  const weighed = g.op('Mul', [inner, g.loraWeights(found, [1, rank, 1, 1])], inner.shape);
  return g.op('Add', [y, g.op('Conv', [weighed, up], y.shape)], y.shape);
}

function factor(
  g: GraphBuilder,
  [first = '', ...followedBy]: readonly string[],
  shape: readonly number[],
  transposed: boolean,
): Value {
  return g.weight(first, shape, { transposed, followedBy });
}
