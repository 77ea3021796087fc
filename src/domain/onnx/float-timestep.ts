/**
 * Half of the samplers (Euler and its kin) have timesteps between the whole numbers, and the reference hands them to the UNet as they are.
 * Exports take the timestep as an integer only because they were traced with one; what the graph computes with is a float. Cut off to
 * whole numbers, timesteps move the latents by 0.5 % of their deviation (measured), so the graph is told that its timestep is a float.
 */
import { elementTypes, type OnnxModel, type OnnxNode, type ValueInfo } from './model.ts';

/** The model itself when its timestep is a float already, or when it has none. */
export function withFloatTimestep<M extends OnnxModel>(model: M): M {
  const { graph } = model;
  const input = graph?.inputs.find(({ name }) => name === 'timestep');
  if (!graph || !input || !isInteger(input.type?.tensor?.elementType)) return model;
  const inputs = graph.inputs.map((other) => (other === input ? asFloat(input) : other));
  return { ...model, graph: { ...graph, inputs, nodes: withFloatCasts(graph.nodes) } };
}

const isInteger = (type: number | undefined) => type === elementTypes.int64 || type === elementTypes.int32;

const asFloat = (input: ValueInfo): ValueInfo => ({
  ...input,
  type: { ...input.type, tensor: { ...input.type?.tensor, elementType: elementTypes.float } },
});

/** Operators that give their first input on as it is. */
const shaping = new Set(['Cast', 'Expand', 'Identity', 'Reshape', 'Squeeze', 'Tile', 'Unsqueeze']);

/** Casts to integers on the timestep's way to the first computation; nodes are in the order of computation. */
function withFloatCasts(nodes: readonly OnnxNode[]): readonly OnnxNode[] {
  const timesteps = new Set(['timestep']);
  return nodes.map((node) => {
    if (!timesteps.has(node.inputs[0] ?? '') || !shaping.has(node.opType ?? '')) return node;
    const target = node.opType === 'Cast' ? node.attributes.find(({ name }) => name === 'to') : undefined;
    if (target && !isInteger(target.int)) return node;
    node.outputs.forEach((output) => timesteps.add(output));
    if (!target) return node;
    const to = { ...target, int: elementTypes.float };
    return { ...node, attributes: node.attributes.map((other) => (other === target ? to : other)) };
  });
}
