/** Element types as safetensors writes them. */
export type DType =
  'F64' | 'F32' | 'F16' | 'BF16' | 'F8_E4M3' | 'F8_E5M2' | 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL';

/** A tensor that lies in a file (or is made from some that do) and is read when asked. */
export interface LazyTensor {
  /** As it is stored. */
  readonly dtype: DType;
  readonly shape: readonly number[];
  /**
   * All values, contiguous, the last dimension fastest, in an array of their own. Throws `file-corrupt` when a value is no finite number, and
   * as the file's source.
   */
  float32(): Promise<Float32Array<ArrayBuffer>>;
  /** The bits of the same as IEEE half precision, rounded to nearest. Also throws `file-corrupt` for what has no half. */
  float16(): Promise<Uint16Array<ArrayBuffer>>;
}

/** By name. */
export type Tensors = ReadonlyMap<string, LazyTensor>;

export const elementCount = (shape: readonly number[]) => shape.reduce((count, side) => count * side, 1);

const bytesOf: Readonly<Record<DType, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

export const elementBytes = (dtype: DType) => bytesOf[dtype];

export const isDType = (name: string): name is DType => Object.hasOwn(bytesOf, name);

/** Row-major, in elements. */
export function contiguousStrides(shape: readonly number[]): readonly number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis]!;
  }
  return strides;
}

/** A file of tensors, whatever wrote it. */
export interface WeightFile {
  readonly tensors: Tensors;
  /** Of safetensors; texts beside the tensors of a pickle. */
  readonly metadata: ReadonlyMap<string, string>;
}
