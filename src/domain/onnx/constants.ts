/** Values that a graph holds itself: initializers and what `Constant`, `Cast` and `Identity` make of them. */
import { fromFloat16 } from '../diffusion/float16.ts';
import { elementTypes, type OnnxGraph, type OnnxTensor } from './model.ts';

/** By name. Of a constant that is cast, the tensor before the cast: its values are the same to the precision of both types. */
export function constantsOf({ initializers, nodes }: OnnxGraph): ReadonlyMap<string, OnnxTensor> {
  const constants = new Map<string, OnnxTensor>();
  for (const tensor of initializers) constants.set(tensor.name ?? '', tensor);
  for (const { opType, inputs, outputs, attributes } of nodes) {
    const isCopy = opType === 'Cast' || opType === 'Identity';
    const tensor =
      opType === 'Constant'
        ? attributes.find(({ name }) => name === 'value')?.tensor
        : isCopy
          ? constants.get(inputs[0] ?? '')
          : undefined;
    if (tensor) constants.set(outputs[0]!, tensor);
  }
  return constants;
}

/** Floats and 64-bit integers as numbers; null for values beside the graph and for other types. */
export function numbersOf({
  elementType,
  raw,
  floats,
  int64s,
  int32s,
}: OnnxTensor): readonly number[] | null {
  const bytes = raw ? raw.slice().buffer : null;
  switch (elementType) {
    case elementTypes.float:
      return bytes ? [...new Float32Array(bytes)] : floats;
    case elementTypes.float16:
      return [...fromFloat16(bytes ? new Uint16Array(bytes) : Uint16Array.from(int32s))];
    case elementTypes.int64:
      return bytes ? Array.from(new BigInt64Array(bytes), Number) : int64s;
    case undefined:
    default:
      return null;
  }
}
