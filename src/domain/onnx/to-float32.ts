/**
 * A float16 graph as the same graph in float32, for a GPU that lacks `shader-f16` or whose float16 overflows. Its weights are not touched
 * here: the graph is told where in a file of float32s each will be, and the list says what has to be converted for it.
 */
import { fromFloat16 } from '../diffusion/float16.ts';
import { placedAt } from './build.ts';
import { attributeTypes, dataLocations, elementTypes, type OnnxAttribute, type OnnxModel } from './model.ts';
import type { OnnxTensor, ValueInfo, ValueType } from './model.ts';
import { edited } from './nodes.ts';
import { corrupt } from './wire.ts';

/** Where the float16 bytes of a tensor lie. */
export interface HalfWeights {
  /** Bytes in the file of float32s. */
  readonly offset: number;
  /** The float16s: views, two bytes each. */
  readonly halves: Uint8Array;
}

export interface Float32Model<M> {
  readonly model: M;
  readonly weights: readonly HalfWeights[];
  readonly weightBytes: number;
}

/** Smaller tensors are converted at once and stay in the graph. */
const smallestBytes = 1024;

/** True when there is any float16 in it: a weight, a value, or a cast on the way from float32 to float32. */
export function hasFloat16(model: OnnxModel): boolean {
  let found = false;
  edited(model, {
    tensor: (tensor) => ((found ||= tensor.elementType === elementTypes.float16), tensor),
    value: (value) => ((found ||= value.type?.tensor?.elementType === elementTypes.float16), value),
    attribute: (attribute) => ((found ||= namesHalf(attribute)), attribute),
  });
  return found;
}

/** `file`: the bytes of a file of external data. `location`: the name of the file of float32s. Throws `file-corrupt`. */
export function toFloat32<M extends OnnxModel>(
  model: M,
  location: string,
  file: (location: string) => Uint8Array | undefined,
): Float32Model<M> {
  const weights: HalfWeights[] = [];
  let weightBytes = 0;
  const tensor = (it: OnnxTensor): OnnxTensor => {
    if (it.elementType !== elementTypes.float16) return it;
    const float = { ...it, elementType: elementTypes.float };
    const halves = halvesOf(it, file);
    if (halves.length < smallestBytes) return { ...inline(float), raw: widened(halves) };
    const offset = weightBytes;
    weights.push({ offset, halves });
    weightBytes += 2 * halves.length;
    return placedAt(float, { location, offset, length: 2 * halves.length });
  };
  return {
    model: edited(model, { tensor, value: floatValue, attribute: floatAttribute }),
    weights,
    weightBytes,
  };
}

/** Float32 bytes of float16 bytes. */
export function widened(halves: Uint8Array): Uint8Array {
  const isAligned = halves.byteOffset % 2 === 0;
  const { buffer, byteOffset, length } = isAligned ? halves : new Uint8Array(halves);
  return new Uint8Array(fromFloat16(new Uint16Array(buffer, byteOffset, length >> 1)).buffer);
}

function halvesOf(tensor: OnnxTensor, file: (location: string) => Uint8Array | undefined): Uint8Array {
  if (tensor.dataLocation !== dataLocations.external) {
    return tensor.raw ?? new Uint8Array(Uint16Array.from(tensor.int32s).buffer);
  }
  const entry = (key: string) => tensor.externalData.find((it) => it.key === key)?.value;
  const bytes = file((entry('location') ?? '').replace(/^\.\//, ''));
  const offset = Number(entry('offset') ?? 0);
  const length = Number(entry('length') ?? 2 * tensor.dims.reduce((size, dim) => size * dim, 1));
  if (!bytes || offset + length > bytes.length) throw corrupt(`the weights ${tensor.name} are not there`);
  return bytes.subarray(offset, offset + length);
}

const inline = (tensor: OnnxTensor): OnnxTensor => ({
  ...tensor,
  int32s: [],
  externalData: [],
  dataLocation: dataLocations.inline,
});

function floatValue(value: ValueInfo): ValueInfo {
  const type = value.type && floatType(value.type);
  return type === undefined || type === value.type ? value : { ...value, type };
}

function floatType(type: ValueType): ValueType {
  const { tensor, sequence, optional } = type;
  if (tensor?.elementType === elementTypes.float16)
    return { ...type, tensor: { ...tensor, elementType: elementTypes.float } };
  const element = sequence?.element ?? optional?.element;
  const inner = element && floatType(element);
  if (inner === undefined || inner === element) return type;
  return sequence
    ? { ...type, sequence: { ...sequence, element: inner } }
    : { ...type, optional: { ...optional, element: inner } };
}

/** Attributes that name an element type: of Cast, and of operators that make tensors out of nothing. */
const typeNames = new Set(['to', 'dtype', 'output_dtype']);

function floatAttribute(attribute: OnnxAttribute): OnnxAttribute {
  const { valueType } = attribute;
  if (valueType) {
    const float = floatType(valueType);
    return float === valueType ? attribute : { ...attribute, valueType: float };
  }
  return namesHalf(attribute) ? { ...attribute, int: elementTypes.float } : attribute;
}

const namesHalf = ({ name = '', type, int }: OnnxAttribute): boolean =>
  type === attributeTypes.int && int === elementTypes.float16 && typeNames.has(name);
