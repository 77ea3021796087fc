import { placedAt } from '../../domain/onnx/build.ts';
import { readModel, writeModel } from '../../domain/onnx/file.ts';
import type { OnnxTensor } from '../../domain/onnx/model.ts';

const smallestBytes = 256;

/** Moves a graph's larger weights into a file beside it, as exporters do for large models. */
export function withExternalData(bytes: Buffer, location: string): { graph: Buffer; data: Buffer } {
  const parts: Uint8Array[] = [];
  let offset = 0;
  const moved = (tensor: OnnxTensor): OnnxTensor => {
    const { raw } = tensor;
    if (!raw || raw.length < smallestBytes) return tensor;
    const padding = new Uint8Array((64 - (raw.length % 64)) % 64);
    const place = { location, offset, length: raw.length };
    parts.push(raw, padding);
    offset += raw.length + padding.length;
    return placedAt(tensor, place);
  };
  const model = readModel(bytes);
  const initializers = model.graph.initializers.map(moved);
  const graph = writeModel({ ...model, graph: { ...model.graph, initializers } });
  return { graph: Buffer.from(graph), data: Buffer.concat(parts) };
}
