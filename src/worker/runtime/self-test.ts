/** Asks the runtime for one attention and compares it with plain arithmetic: on some GPUs the fused kernel is wrong. */
import type { Runtime } from './runtime.ts';

const heads = 8;
const headSize = 40;
const queries = 64;
const keys = 77;
const hidden = heads * headSize;

/** True when one `MultiHeadAttention` (64 queries, 77 keys, 8 heads of 40) comes out right. Throws as `createSession` and `run`. */
export async function attentionIsRight(runtime: Runtime): Promise<boolean> {
  const query = waves(queries * hidden, 0.37);
  const key = waves(keys * hidden, 0.73);
  const value = waves(keys * hidden, 0.11);
  const session = await runtime.createSession({ model: attentionGraph(), externalData: [] });
  try {
    const feed = (data: Float32Array, rows: number) => ({ type: 'float32', dims: [1, rows, hidden], data });
    const feeds = { query: feed(query, queries), key: feed(key, keys), value: feed(value, keys) };
    const { data } = await session.run(feeds, 'output');
    const expected = attention(query, key, value);
    return expected.every((right, i) => Math.abs(right - Number(data[i])) < 1e-3);
  } finally {
    await session.release();
  }
}

const waves = (length: number, frequency: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(i * frequency) + Math.cos(i * i * 0.01));

/** softmax(Q·Kᵀ / √headSize)·V for each head; rows are [token, head · headSize]. */
function attention(query: Float32Array, key: Float32Array, value: Float32Array): Float32Array {
  const output = new Float32Array(queries * hidden);
  for (let head = 0; head < heads; head++)
    for (let row = 0; row < queries; row++) {
      const at = row * hidden + head * headSize;
      const weights = softmax(
        Array.from({ length: keys }, (_, k) => dot(query, at, key, k * hidden + head * headSize)),
      );
      for (let i = 0; i < headSize; i++)
        output[at + i] = weights.reduce(
          (sum, weight, k) => sum + weight * value[k * hidden + head * headSize + i]!,
          0,
        );
    }
  return output;
}

function dot(a: Float32Array, aStart: number, b: Float32Array, bStart: number): number {
  let sum = 0;
  for (let i = 0; i < headSize; i++) sum += a[aStart + i]! * b[bStart + i]!;
  return sum / Math.sqrt(headSize);
}

function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}

/** The graph as protobuf (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto): the numbers are the fields' tags. */
function attentionGraph(): Uint8Array {
  const tensor = (name: string, rows: number) => {
    const shape = [1, rows, hidden].map((size) => message(1, number(1, size)));
    const type = message(1, number(1, 1), message(2, ...shape));
    return [text(1, name), message(2, type)];
  };
  const node = message(
    1,
    ...['query', 'key', 'value'].map((name) => text(1, name)),
    text(2, 'output'),
    text(4, 'MultiHeadAttention'),
    message(5, text(1, 'num_heads'), number(3, heads), number(20, 2)),
    text(7, 'com.microsoft'),
  );
  const inputs = [
    message(11, ...tensor('query', queries)),
    message(11, ...tensor('key', keys)),
    message(11, ...tensor('value', keys)),
  ];
  const graph = message(7, node, text(2, 'self-test'), ...inputs, message(12, ...tensor('output', queries)));
  const opsets = [message(8, text(1, ''), number(2, 17)), message(8, text(1, 'com.microsoft'), number(2, 1))];
  return Uint8Array.from([number(1, 8), graph, ...opsets].flat());
}

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const number = (field: number, value: number) => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, content: number[]) => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...content,
];
const text = (field: number, content: string) => bytes(field, [...new TextEncoder().encode(content)]);
const message = (field: number, ...parts: number[][]) => bytes(field, parts.flat());
