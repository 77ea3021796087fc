import type { CompiledGraph, FloatType, WeightRecipe } from '../../domain/compile/compiled-graph.ts';
import { fillWeight } from '../../domain/compile/fill-weight.ts';
import { writeModel } from '../../domain/onnx/file.ts';
import type { Tensors } from '../../domain/weights/lazy-tensor.ts';
import type { Graph } from '../runtime/runtime.ts';
import { lazyFloat32File } from './lazy-float32.ts';

export interface FilledGraph {
  readonly graph: Graph;
  /** The weights' own memory. */
  readonly held: readonly Uint8Array[];
}

/**
 * A compiled graph with its weights, each an external file of its own: no piece of memory has to be as large as all of them. They are read
 * in the order in which the checkpoint has them, so that each of its chunks is needed once; what is stored as float16 stays so until the
 * runtime takes it. Throws as the place that the tensors come from.
 */
export async function fillGraph(
  { model, weights, floatType }: CompiledGraph,
  tensors: Tensors,
  signal?: AbortSignal,
): Promise<FilledGraph> {
  const externalData = [];
  const held = [];
  for (const recipe of inFileOrder(weights, tensors)) {
    signal?.throwIfAborted();
    const storedType = storedTypeOf(recipe, tensors, floatType);
    const data = await fillWeight(recipe, tensors, storedType);
    held.push(data);
    externalData.push({ path: recipe.name, data: storedType === floatType ? data : widening(data) });
  }
  return { graph: { model: writeModel(model), externalData, float16: floatType === 'float16' }, held };
}

const widening = (halves: Uint8Array) => lazyFloat32File([{ offset: 0, halves }], 2 * halves.length);

function storedTypeOf({ tensors: names }: WeightRecipe, tensors: Tensors, floatType: FloatType): FloatType {
  return names.every((name) => tensors.get(name)?.dtype === 'F16') ? 'float16' : floatType;
}

function inFileOrder(weights: readonly WeightRecipe[], tensors: Tensors): readonly WeightRecipe[] {
  const places = new Map([...tensors.keys()].map((name, i) => [name, i]));
  const place = ({ tensors: [first = ''] }: WeightRecipe) => places.get(first) ?? 0;
  return [...weights].sort((a, b) => place(a) - place(b));
}
