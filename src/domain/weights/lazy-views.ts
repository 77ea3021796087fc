/** Tensors made of others when they are read. */
import { elementCount, type LazyTensor, type Tensors } from './lazy-tensor.ts';

/** The same values in another shape of as many. */
export function reshaped(tensor: LazyTensor, shape: readonly number[]): LazyTensor {
  return { ...tensor, shape };
}

/** `count` rows (of the first dimension) from `start` on. */
export function rowsOf(tensor: LazyTensor, start: number, count: number): LazyTensor {
  const [, ...rest] = tensor.shape;
  const size = elementCount(rest);
  const part = <T extends Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>(values: T) =>
    values.slice(start * size, (start + count) * size) as T;
  return {
    dtype: tensor.dtype,
    shape: [count, ...rest],
    float32: async () => part(await tensor.float32()),
    float16: async () => part(await tensor.float16()),
  };
}

/** What `rename` gives a name, under it; the rest is left out. */
export function renamed(tensors: Tensors, rename: (name: string) => string | null): Tensors {
  const entries = [...tensors].flatMap(([name, tensor]): [string, LazyTensor][] => {
    const next = rename(name);
    return next === null ? [] : [[next, tensor]];
  });
  return new Map(entries);
}

/** What lies under a prefix, without it. */
export function under(tensors: Tensors, prefix: string): Tensors {
  return renamed(tensors, (name) => (name.startsWith(prefix) ? name.slice(prefix.length) : null));
}
