/** The fields of ONNX's messages: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. Those that are missing stay as bytes. */
import { many, manyPacked, message, one } from './message.ts';
import type {
  ContainerType,
  Dimension,
  ExternalDataEntry,
  OnnxAttribute,
  OnnxFunction,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  OpsetImport,
  TensorShape,
  TensorType,
  ValueInfo,
  ValueType,
} from './model.ts';
import { binary, float, int, text, type ValueKind } from './values.ts';

const dimension = message<Dimension>(() => ({ size: one(1, int), name: one(2, text) }));

const shape = message<TensorShape>(() => ({ dims: many(1, dimension) }));

const tensorType = message<TensorType>(() => ({ elementType: one(1, int), shape: one(2, shape) }));

const containerType: ValueKind<ContainerType> = message<ContainerType>(() => ({
  element: one(1, valueType),
}));

const valueType: ValueKind<ValueType> = message<ValueType>(() => ({
  tensor: one(1, tensorType),
  sequence: one(4, containerType),
  optional: one(9, containerType),
}));

const valueInfo = message<ValueInfo>(() => ({ name: one(1, text), type: one(2, valueType) }));

const externalDataEntry = message<ExternalDataEntry>(() => ({ key: one(1, text), value: one(2, text) }));

const tensor = message<OnnxTensor>(() => ({
  dims: many(1, int),
  elementType: one(2, int),
  floats: manyPacked(4, float),
  int32s: manyPacked(5, int),
  int64s: manyPacked(7, int),
  name: one(8, text),
  raw: one(9, binary),
  externalData: many(13, externalDataEntry),
  dataLocation: one(14, int),
}));

const attribute: ValueKind<OnnxAttribute> = message<OnnxAttribute>(() => ({
  name: one(1, text),
  float: one(2, float),
  int: one(3, int),
  text: one(4, binary),
  tensor: one(5, tensor),
  graph: one(6, graph),
  floats: many(7, float),
  ints: many(8, int),
  texts: many(9, binary),
  tensors: many(10, tensor),
  graphs: many(11, graph),
  valueType: one(14, valueType),
  type: one(20, int),
}));

const node: ValueKind<OnnxNode> = message<OnnxNode>(() => ({
  inputs: many(1, text),
  outputs: many(2, text),
  name: one(3, text),
  opType: one(4, text),
  attributes: many(5, attribute),
  domain: one(7, text),
}));

const graph: ValueKind<OnnxGraph> = message<OnnxGraph>(() => ({
  nodes: many(1, node),
  name: one(2, text),
  initializers: many(5, tensor),
  inputs: many(11, valueInfo),
  outputs: many(12, valueInfo),
  values: many(13, valueInfo),
}));

const opsetImport = message<OpsetImport>(() => ({ domain: one(1, text), version: one(2, int) }));

const ownFunction = message<OnnxFunction>(() => ({
  name: one(1, text),
  inputs: many(4, text),
  outputs: many(5, text),
  nodes: many(7, node),
  opsetImports: many(9, opsetImport),
  domain: one(10, text),
  defaults: many(11, attribute),
}));

export const model = message<OnnxModel>(() => ({
  irVersion: one(1, int),
  producerName: one(2, text),
  graph: one(7, graph),
  opsetImports: many(8, opsetImport),
  functions: many(25, ownFunction),
}));
