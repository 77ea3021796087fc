/** Numbers between the engine (float32, plain integers) and the types a graph asks for. */
import { fromFloat16, toFloat16 } from '../../domain/diffusion/float16.ts';
import { AppError } from '../../domain/errors.ts';
import type { HostTensor, TensorInfo } from './runtime.ts';

/** `values` in the type of `input`. Throws `model-unsupported` for a type that no Stable Diffusion graph is known to ask for. */
export function floatTensor(input: TensorInfo, values: Float32Array, dims: readonly number[]): HostTensor {
  switch (input.type) {
    case 'float32':
      return { type: input.type, dims, data: values };
    case 'float16':
      return { type: input.type, dims, data: toFloat16(values) };
    default:
      throw unsupported(input);
  }
}

/** As `floatTensor`, for token ids and timesteps, which some graphs take as integers and some as floats. */
export function numberTensor(
  input: TensorInfo,
  values: readonly number[],
  dims: readonly number[],
): HostTensor {
  switch (input.type) {
    case 'int64':
      return {
        type: input.type,
        dims,
        data: BigInt64Array.from(values, (value) => BigInt(Math.trunc(value))),
      };
    case 'int32':
      return { type: input.type, dims, data: Int32Array.from(values) };
    default:
      return floatTensor(input, Float32Array.from(values), dims);
  }
}

/** An output as float32. Throws `model-unsupported` for anything but floats. */
export function toFloat32({ type, data }: HostTensor): Float32Array {
  if (data instanceof Float32Array) return data;
  if (type === 'float16' && data instanceof Uint16Array) return fromFloat16(data);
  throw new AppError('model-unsupported', `The graph answers with ${type}.`);
}

const unsupported = ({ name, type }: TensorInfo) =>
  new AppError('model-unsupported', `The graph's input ${name} is of type ${type}.`);
