import type { OnnxGraph } from './model.ts';

/** The graph without the outputs that are not named, and without what only they need. Names of inputs that nothing needs stay. */
export function pruned(graph: OnnxGraph, outputs: readonly string[]): OnnxGraph {
  const needed = new Set(outputs);
  const kept = graph.nodes
    .toReversed()
    .filter((node) => {
      const isNeeded = node.outputs.some((name) => needed.has(name));
      if (isNeeded) for (const name of node.inputs) needed.add(name);
      // The branches of a condition name values of the graph round them: what they need is not looked for.
      return isNeeded;
    })
    .reverse();
  if (kept.some(({ attributes }) => attributes.some((it) => it.graph ?? it.graphs.length > 0))) return graph;
  return {
    ...graph,
    nodes: kept,
    initializers: graph.initializers.filter(({ name }) => needed.has(name ?? '')),
    outputs: graph.outputs.filter(({ name }) => outputs.includes(name ?? '')),
  };
}
