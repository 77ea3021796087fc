/**
 * Gives every free dimension of a graph's inputs its size. With free ones ONNX Runtime computes shapes on the CPU and reads back from the
 * GPU between kernels: Tiny SD's UNet takes fifteen times as long (measured). With fixed ones it folds all of that away when a session
 * is made.
 */
import { elementTypes, type Dimension, type OnnxGraph, type OnnxModel, type ValueInfo } from './model.ts';

/** Sizes by what an input is; exporters agree on the order of dimensions, and on none of their names. */
export interface InputSizes {
  readonly batch: number;
  /** Of pictures and latents, [batch, channels, height, width]. */
  readonly height: number;
  readonly width: number;
  /** Of token ids, [batch, tokens], and hidden states, [batch, tokens, width]. */
  readonly tokens: number;
}

export function withFixedShapes<M extends OnnxModel>(model: M, sizes: InputSizes): M {
  const { graph } = model;
  if (!graph) return model;
  const batchName = dimsOf(graph.inputs.find((input) => dimsOf(input).length === 4))[0]?.name;
  const inputs = graph.inputs.map((input) => {
    const wanted = sizesFor(input, graph, sizes, batchName);
    return withSizes(input, wanted);
  });
  const isSame = inputs.every((input, i) => input === graph.inputs[i]);
  return isSame ? model : { ...model, graph: { ...graph, inputs } };
}

/** True when every dimension of every input has a size: then the graph is the same for all work that it can do. */
export const hasFixedShapes = ({ graph }: OnnxModel): boolean =>
  (graph?.inputs ?? []).every((input) => dimsOf(input).every(({ size }) => size !== undefined && size > 0));

/** Undefined: what that dimension is cannot be told. */
function sizesFor(
  input: ValueInfo,
  graph: OnnxGraph,
  { batch, height, width, tokens }: InputSizes,
  batchName: string | undefined,
): readonly (number | undefined)[] {
  const dims = dimsOf(input);
  switch (dims.length) {
    case 4:
      return [batch, channelsOf(graph, input.name ?? ''), height, width];
    case 3:
      return [batch, tokens, undefined];
    case 2:
      return [batch, isInteger(input) ? tokens : undefined];
    case 1: {
      // A timestep: one for each of the batch where the graph says so, or one for all.
      const name = dims[0]!.name;
      return [name !== undefined && (name === batchName || /batch/i.test(name)) ? batch : 1];
    }
    default:
      return [];
  }
}

/** Of the first convolution: its weights are [out, in, …]. */
function channelsOf(graph: OnnxGraph, input: string): number | undefined {
  const same = new Set([input]);
  for (const { opType, inputs, outputs } of graph.nodes) {
    if (!same.has(inputs[0] ?? '')) continue;
    if (opType === 'Conv') return graph.initializers.find(({ name }) => name === inputs[1])?.dims[1];
    if (keepingChannels.has(opType ?? '')) outputs.forEach((name) => same.add(name));
  }
  return undefined;
}

const keepingChannels = new Set(['Cast', 'Identity', 'Mul', 'Div', 'Add', 'Sub']);

function withSizes(input: ValueInfo, sizes: readonly (number | undefined)[]): ValueInfo {
  const tensor = input.type?.tensor;
  if (!tensor?.shape) return input;
  const dims = tensor.shape.dims.map((dim, axis): Dimension => {
    const size = sizes[axis];
    const isFree = dim.size === undefined || dim.size <= 0;
    return isFree && size !== undefined ? { size } : dim;
  });
  const isSame = dims.every((dim, i) => dim === tensor.shape!.dims[i]);
  return isSame ? input : { ...input, type: { ...input.type, tensor: { ...tensor, shape: { dims } } } };
}

/** Token ids and their mask; a float of two dimensions is an embedding. */
const isInteger = ({ type }: ValueInfo) =>
  type?.tensor?.elementType === elementTypes.int64 || type?.tensor?.elementType === elementTypes.int32;

const dimsOf = (value: ValueInfo | undefined): readonly Dimension[] => value?.type?.tensor?.shape?.dims ?? [];
