import { AppError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';
import { toFloat32, toHalves } from './decode.ts';
import { elementBytes, elementCount, type DType, type LazyTensor } from './lazy-tensor.ts';
import { gather, spanOf } from './strides.ts';

/** Where a tensor's elements lie. */
export interface TensorPlace {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** In elements; none: contiguous. */
  readonly strides?: readonly number[];
  readonly source: ByteSource;
  /** Of its first element. Some files tell only when they are looked at. */
  readonly offsetBytes: () => Promise<number>;
}

/** A tensor as it lies in a file. */
export function storedTensor(place: TensorPlace): LazyTensor {
  const { name, dtype, shape } = place;
  return {
    dtype,
    shape,
    float32: async () => {
      const values = toFloat32(await contiguousBytes(place), dtype);
      if (!allFinite(values)) throw notFinite(place.source, name);
      return values;
    },
    float16: async () => {
      const halves = toHalves(await contiguousBytes(place), dtype);
      if (!allFiniteHalves(halves)) throw notFinite(place.source, name);
      return halves;
    },
  };
}

async function contiguousBytes(place: TensorPlace): Promise<Uint8Array<ArrayBuffer>> {
  const { shape, strides, source } = place;
  const size = elementBytes(place.dtype);
  const count = strides ? spanOf(shape, strides) : elementCount(shape);
  const bytes = await source.read(await place.offsetBytes(), count * size);
  return strides ? gather(bytes, shape, strides, size) : bytes;
}

function notFinite(source: ByteSource, name: string): AppError {
  return new AppError(
    'file-corrupt',
    `${source.name} is damaged: ${name} holds values that are no numbers, or too large ones.`,
  );
}

function allFinite(values: Float32Array): boolean {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let at = 0; at < bits.length; at++) if ((bits[at]! & 0x7f800000) === 0x7f800000) return false;
  return true;
}

function allFiniteHalves(halves: Uint16Array): boolean {
  for (let at = 0; at < halves.length; at++) if ((halves[at]! & 0x7c00) === 0x7c00) return false;
  return true;
}
