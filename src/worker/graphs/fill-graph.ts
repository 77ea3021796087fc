import type { CompiledGraph } from '../../domain/compile/compiled-graph.ts';
import { fillWeight } from '../../domain/compile/fill-weight.ts';
import { writeModel } from '../../domain/onnx/file.ts';
import type { Tensors } from '../../domain/weights/lazy-tensor.ts';
import type { Graph } from '../runtime/runtime.ts';

/**
 * A compiled graph with its weights, each an external file of its own: no piece of memory has to be as large as all of them. They are read
 * in the order in which the checkpoint has them, so that each of its chunks is needed once. Throws as the place that the tensors come from.
 */
export async function fillGraph(
  { model, weights, floatType }: CompiledGraph,
  tensors: Tensors,
  signal?: AbortSignal,
): Promise<Graph> {
  const places = new Map([...tensors.keys()].map((name, i) => [name, i]));
  const place = (name: string | undefined) => places.get(name ?? '') ?? 0;
  const ordered = [...weights].sort((a, b) => place(a.tensors[0]) - place(b.tensors[0]));
  const externalData = [];
  for (const recipe of ordered) {
    signal?.throwIfAborted();
    externalData.push({ path: recipe.name, data: await fillWeight(recipe, tensors, floatType) });
  }
  return { model: writeModel(model), externalData };
}
