/** Every tensor of a model, wherever it stands: initializers, constants in attributes, branches and bodies, functions. */
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor } from './model.ts';

export function* tensorsOf({ graph, functions }: OnnxModel): Generator<OnnxTensor> {
  if (graph) yield* tensorsOfGraph(graph);
  for (const { nodes, defaults } of functions) {
    yield* tensorsOfNodes(nodes);
    for (const attribute of defaults) yield* tensorsOfAttribute(attribute);
  }
}

/** File names, relative to the graph's folder, that hold weights; each once. */
export function externalDataNames(model: OnnxModel): readonly string[] {
  const names = [...tensorsOf(model)].flatMap(({ externalData }) =>
    externalData.flatMap(({ key, value }) =>
      key === 'location' && value ? [value.replace(/^\.\//, '')] : [],
    ),
  );
  return [...new Set(names)];
}

function* tensorsOfGraph({ initializers, nodes }: OnnxGraph): Generator<OnnxTensor> {
  yield* initializers;
  yield* tensorsOfNodes(nodes);
}

function* tensorsOfNodes(nodes: readonly OnnxNode[]): Generator<OnnxTensor> {
  for (const { attributes } of nodes)
    for (const attribute of attributes) yield* tensorsOfAttribute(attribute);
}

function* tensorsOfAttribute({ tensor, tensors, graph, graphs }: OnnxAttribute): Generator<OnnxTensor> {
  if (tensor) yield tensor;
  yield* tensors;
  for (const inner of graph ? [graph, ...graphs] : graphs) yield* tensorsOfGraph(inner);
}
