/** The numbers of a graph's weights, from the checkpoint's tensors, one weight at a time. */
import { AppError } from '../errors.ts';
import type { LazyTensor, Tensors } from '../weights/lazy-tensor.ts';
import type { FloatType, WeightRecipe } from './compiled-graph.ts';
import { sizeOf } from './graph-builder.ts';

type Floats = Float32Array | Uint16Array;

/** Little-endian, as the graph's external data. Throws `file-corrupt`, and as the place that the tensors come from. */
export async function fillWeight(
  { tensors: names, shape, transposed }: WeightRecipe,
  tensors: Tensors,
  floatType: FloatType,
): Promise<Uint8Array> {
  const parts: Floats[] = [];
  for (const name of names) parts.push(await read(tensors, name, floatType));
  const values = parts.length === 1 ? parts[0]! : joined(parts, shape, floatType);
  const laidOut = transposed ? transpose(values, shape) : values;
  return new Uint8Array(laidOut.buffer, laidOut.byteOffset, laidOut.byteLength);
}

function read(tensors: Tensors, name: string, floatType: FloatType): Promise<Floats> {
  const tensor: LazyTensor | undefined = tensors.get(name);
  if (!tensor) throw new AppError('model-incomplete', `The weights lack ${name}.`);
  return floatType === 'float32' ? tensor.float32() : tensor.float16();
}

const empty = (floatType: FloatType, length: number): Floats =>
  floatType === 'float32' ? new Float32Array(length) : new Uint16Array(length);

function joined(parts: readonly Floats[], shape: readonly number[], floatType: FloatType): Floats {
  const all = empty(floatType, sizeOf(shape));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A square of this side is read and written within the processor's cache. */
const tile = 32;

/** [rows, columns] of which `shape` is the transpose, [columns, rows]. */
function transpose(values: Floats, [columns = 0, rows = 0]: readonly number[]): Floats {
  const out =
    values instanceof Float32Array ? new Float32Array(values.length) : new Uint16Array(values.length);
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(rows, top + tile);
    for (let left = 0; left < columns; left += tile) {
      const right = Math.min(columns, left + tile);
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          out[column * rows + row] = values[row * columns + column]!;
        }
      }
    }
  }
  return out;
}
