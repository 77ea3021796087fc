/** Graphs from scratch: `node('Conv', ['x', 'w'], ['y'], { pads: ints([1, 1, 1, 1]) })`. */
import {
  attributeTypes,
  dataLocations,
  elementTypes,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type ValueInfo,
} from './model.ts';
import { toUtf8 } from './utf8.ts';

export type ElementTypeName = keyof typeof elementTypes;
/** An attribute without its name, which `node` gives it. */
export type AttributeValue = OnnxAttribute;

const none = { floats: [], ints: [], texts: [], tensors: [], graphs: [] } as const;

export const float = (value: number): AttributeValue => ({
  ...none,
  type: attributeTypes.float,
  float: value,
});
export const int = (value: number): AttributeValue => ({ ...none, type: attributeTypes.int, int: value });
export const text = (value: string): AttributeValue => ({
  ...none,
  type: attributeTypes.text,
  text: toUtf8(value),
});
export const ints = (values: readonly number[]): AttributeValue => ({
  ...none,
  type: attributeTypes.ints,
  ints: values,
});
export const tensorValue = (tensor: OnnxTensor): AttributeValue => ({
  ...none,
  type: attributeTypes.tensor,
  tensor,
});
export const graphValue = (graph: OnnxGraph): AttributeValue => ({
  ...none,
  type: attributeTypes.graph,
  graph,
});

/** `domain`: empty for ONNX's own operators, `com.microsoft` for ONNX Runtime's. An empty input name leaves that input out. */
export function node(
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
  domain = '',
): OnnxNode {
  return {
    inputs,
    outputs,
    // Every output has one node: its name serves both.
    name: outputs[0] ?? '',
    opType,
    domain,
    attributes: Object.entries(attributes).map(([name, value]) => ({ ...value, name })),
  };
}

export type TensorValues = Float32Array | Uint16Array | Int32Array | BigInt64Array | Uint8Array | Int8Array;

const emptyTensor = { floats: [], int32s: [], int64s: [], externalData: [] } as const;

/** Values inside the graph: a view, not a copy. `Uint16Array` holds the bits of float16. */
export function tensor(name: string, dims: readonly number[], values: TensorValues): OnnxTensor {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { ...emptyTensor, name, dims, elementType: elementTypeOf(values), raw };
}

export const scalar = (name: string, values: TensorValues): OnnxTensor => tensor(name, [], values);

/** Where a tensor's bytes lie: `location` is the name that goes with the file's bytes when a session is made. */
export interface DataPlace {
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

/** Values beside the graph. */
export function externalTensor(
  name: string,
  dims: readonly number[],
  type: ElementTypeName,
  place: DataPlace,
): OnnxTensor {
  return placedAt({ ...emptyTensor, name, dims, elementType: elementTypes[type] }, place);
}

/** The same tensor with its values beside the graph. */
export function placedAt(tensor: OnnxTensor, { location, offset, length }: DataPlace): OnnxTensor {
  return {
    ...tensor,
    raw: undefined,
    floats: [],
    int32s: [],
    int64s: [],
    externalData: [
      { key: 'location', value: location },
      { key: 'offset', value: String(offset) },
      { key: 'length', value: String(length) },
    ],
    dataLocation: dataLocations.external,
  };
}

/** An input, an output, or what is known of a value between. A number is a fixed dimension, a string a free one, null one without a name. */
export function valueInfo(
  name: string,
  type: ElementTypeName,
  shape: readonly (number | string | null)[],
): ValueInfo {
  const dims = shape.map((dim) =>
    typeof dim === 'number' ? { size: dim } : dim === null ? {} : { name: dim },
  );
  return { name, type: { tensor: { elementType: elementTypes[type], shape: { dims } } } };
}

export const graph = (
  parts: Partial<OnnxGraph> & Pick<OnnxGraph, 'nodes' | 'inputs' | 'outputs'>,
): OnnxGraph => ({
  name: 'graph',
  initializers: [],
  values: [],
  ...parts,
});

/** `opsets`: the version of each domain that the nodes use, `{ '': 17, 'com.microsoft': 1 }`. */
export const model = (
  graph: OnnxGraph,
  opsets: Readonly<Record<string, number>> = { '': 17 },
): OnnxModel & { readonly graph: OnnxGraph } => ({
  irVersion: 8,
  producerName: 'zoetrope',
  opsetImports: Object.entries(opsets).map(([domain, version]) => ({ domain, version })),
  graph,
  functions: [],
});

function elementTypeOf(values: TensorValues): number {
  if (values instanceof Float32Array) return elementTypes.float;
  if (values instanceof Uint16Array) return elementTypes.float16;
  if (values instanceof Int32Array) return elementTypes.int32;
  if (values instanceof BigInt64Array) return elementTypes.int64;
  return values instanceof Uint8Array ? elementTypes.uint8 : elementTypes.int8;
}
