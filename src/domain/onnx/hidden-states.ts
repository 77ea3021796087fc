import type { OnnxGraph } from './model.ts';
import { pruned } from './prune.ts';

/**
 * A text encoder without its pooled output, which Stable Diffusion does not read: for that alone some exports look for the end of the prompt
 * with integers that no GPU computes with. Any other graph is left as it is.
 */
export function withOnlyHiddenStates(graph: OnnxGraph): OnnxGraph {
  if (!graph.inputs.some(({ name }) => name === 'input_ids')) return graph;
  const states =
    graph.outputs.find(({ name }) => name === 'last_hidden_state') ??
    graph.outputs.find(({ type }) => type?.tensor?.shape?.dims.length === 3);
  return states?.name ? pruned(graph, [states.name]) : graph;
}
