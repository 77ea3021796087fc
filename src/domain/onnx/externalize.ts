/**
 * Weights out of a graph, without a copy: what the graph holds stays where it is in its file, and the graph says at which byte. ONNX
 * Runtime then reads each tensor once, where otherwise it copies the file, parses a second copy out of it and makes a third (192 MiB of
 * weights take 505 MB of heap inside the graph on WebGPU and 16 MB beside it).
 */
import { placedAt } from './build.ts';
import type { OnnxModel, OnnxTensor } from './model.ts';

/** Smaller tensors stay: they are shapes and scalars, which optimisations look at. */
const smallestBytes = 1024;

/** `file`: the bytes that `model` was read from, to be given to the session under the name `location`. */
export function withWeightsAt<M extends OnnxModel>(model: M, file: Uint8Array, location: string): M {
  const { graph } = model;
  if (!graph) return model;
  const move = (tensor: OnnxTensor): OnnxTensor => {
    const { raw } = tensor;
    if (!raw || raw.length < smallestBytes || raw.buffer !== file.buffer) return tensor;
    return placedAt(tensor, { location, offset: raw.byteOffset - file.byteOffset, length: raw.length });
  };
  return { ...model, graph: { ...graph, initializers: graph.initializers.map(move) } };
}
