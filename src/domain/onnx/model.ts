/**
 * ONNX models as plain data: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, in the words of the language. What was read remembers
 * its bytes (`message.ts`), so an edit is a spread: `{ ...node, inputs }` keeps everything else as it was, also what has no name here.
 */

export interface OnnxModel {
  readonly irVersion?: number;
  readonly producerName?: string;
  readonly opsetImports: readonly OpsetImport[];
  readonly graph?: OnnxGraph;
  readonly functions: readonly OnnxFunction[];
}

export interface OpsetImport {
  /** Absent or empty: ONNX's own operators. */
  readonly domain?: string;
  readonly version?: number;
}

export interface OnnxGraph {
  readonly name?: string;
  /** In the order of computation. */
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** What is known of values between. */
  readonly values: readonly ValueInfo[];
}

/** A function of the model's own, which nodes call by its domain and name. */
export interface OnnxFunction {
  readonly name?: string;
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly OnnxNode[];
  readonly opsetImports: readonly OpsetImport[];
  readonly defaults: readonly OnnxAttribute[];
}

export interface OnnxNode {
  readonly name?: string;
  readonly opType?: string;
  readonly domain?: string;
  /** An empty name: an input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly OnnxAttribute[];
}

/** `type` says which of the fields counts: `attributeTypes`. */
export interface OnnxAttribute {
  readonly name?: string;
  readonly type?: number;
  readonly float?: number;
  /** Above 2^53 only near; the bytes stay exact as long as it is not changed. */
  readonly int?: number;
  /** UTF-8. */
  readonly text?: Uint8Array;
  readonly tensor?: OnnxTensor;
  readonly graph?: OnnxGraph;
  readonly valueType?: ValueType;
  readonly floats: readonly number[];
  readonly ints: readonly number[];
  readonly texts: readonly Uint8Array[];
  readonly tensors: readonly OnnxTensor[];
  readonly graphs: readonly OnnxGraph[];
}

export interface OnnxTensor {
  readonly name?: string;
  readonly dims: readonly number[];
  /** Of `elementTypes`. */
  readonly elementType?: number;
  /** Little-endian. A view of the file, never a copy. */
  readonly raw?: Uint8Array | undefined;
  /** The values one by one, where they are not `raw`. `int32s` holds all types of up to 32 bits, float16 as its bits. */
  readonly floats: readonly number[];
  readonly int32s: readonly number[];
  readonly int64s: readonly number[];
  /** `location`, `offset`, `length`: where the values lie, when `dataLocation` is `external`. */
  readonly externalData: readonly ExternalDataEntry[];
  readonly dataLocation?: number;
}

export interface ExternalDataEntry {
  readonly key?: string;
  readonly value?: string;
}

export interface ValueInfo {
  readonly name?: string;
  readonly type?: ValueType;
}

/** One of them, or something that has no name here. */
export interface ValueType {
  readonly tensor?: TensorType;
  readonly sequence?: ContainerType;
  readonly optional?: ContainerType;
}

export interface TensorType {
  readonly elementType?: number;
  /** Absent: not even the number of dimensions is known. */
  readonly shape?: TensorShape;
}

export interface ContainerType {
  readonly element?: ValueType;
}

export interface TensorShape {
  readonly dims: readonly Dimension[];
}

/** A size, or the name of a free one, or neither. */
export interface Dimension {
  readonly size?: number;
  readonly name?: string;
}

export const elementTypes = {
  float: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  double: 11,
  bfloat16: 16,
} as const;

export const attributeTypes = {
  float: 1,
  int: 2,
  text: 3,
  tensor: 4,
  graph: 5,
  floats: 6,
  ints: 7,
  texts: 8,
  tensors: 9,
  graphs: 10,
  valueType: 13,
} as const;

/** `OnnxTensor.dataLocation`. */
export const dataLocations = { inline: 0, external: 1 } as const;
