/** Asks the runtime for one attention and compares it with plain arithmetic: on some GPUs the fused kernel is wrong. */
import { graph, int, model, node, valueInfo } from '../../domain/onnx/build.ts';
import { writeModel } from '../../domain/onnx/file.ts';
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

function attentionGraph(): Uint8Array {
  const value = (name: string, rows: number) => valueInfo(name, 'float', [1, rows, hidden]);
  const inputs = [value('query', queries), value('key', keys), value('value', keys)];
  const names = ['query', 'key', 'value'];
  const attention = node('MultiHeadAttention', names, ['output'], { num_heads: int(heads) }, 'com.microsoft');
  const test = graph({ nodes: [attention], inputs, outputs: [value('output', queries)] });
  return writeModel(model(test, { '': 17, 'com.microsoft': 1 }));
}
