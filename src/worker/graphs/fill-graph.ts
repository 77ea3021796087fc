import type { CompiledGraph } from '../../domain/compile/compiled-graph.ts';
import { fillWeight } from '../../domain/compile/fill-weight.ts';
import { writeModel } from '../../domain/onnx/file.ts';
import type { Tensors } from '../../domain/weights/lazy-tensor.ts';
import type { Graph } from '../runtime/runtime.ts';

/**
 * A compiled graph with its weights, each an external file of its own: no piece of memory has to be as large as all of them. `onBytes` is
 * told how many bytes of weights came since it was last called. Throws as the place that the tensors come from.
 */
export async function fillGraph(
  { model, weights, floatType }: CompiledGraph,
  tensors: Tensors,
  onBytes?: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<Graph> {
  const externalData = [];
  for (const recipe of weights) {
    signal?.throwIfAborted();
    const data = await fillWeight(recipe, tensors, floatType);
    externalData.push({ path: recipe.name, data });
    onBytes?.(data.length);
  }
  return { model: writeModel(model), externalData };
}
