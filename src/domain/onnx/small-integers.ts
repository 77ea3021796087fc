/**
 * WebGPU has no 64-bit integers: what a graph does with them, ONNX Runtime does on the CPU and copies over. Token ids fit in 32 bits.
 */
import { tensor } from './build.ts';
import { constantsOf, numbersOf } from './constants.ts';
import { elementTypes, type OnnxGraph, type OnnxNode, type OnnxTensor, type ValueInfo } from './model.ts';

/** Operators that give their first input on as it is. */
const shaping = new Set(['Cast', 'Expand', 'Flatten', 'Identity', 'Reshape', 'Squeeze', 'Tile', 'Unsqueeze']);
const comparing = new Set(['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual']);

/** Its 64-bit inputs made 32-bit ones, and what is compared with them. A graph that does anything else with them is left as it is. */
export function withSmallIntegers(graph: OnnxGraph): OnnxGraph {
  const wide = new Set(graph.inputs.filter(isWide).map(({ name }) => name ?? ''));
  if (wide.size === 0) return graph;
  const constants = constantsOf(graph);
  const added: OnnxTensor[] = [];
  const nodes: OnnxNode[] = [];
  for (const node of graph.nodes) {
    const edited = narrowed(node, wide, (name) => {
      const small = smallConstant(name, constants.get(name));
      if (small && !added.some((it) => it.name === small.name)) added.push(small);
      return small?.name ?? null;
    });
    if (!edited) return graph;
    nodes.push(edited);
  }
  const inputs = graph.inputs.map((input) => (isWide(input) ? withType(input, elementTypes.int32) : input));
  return { ...graph, nodes, inputs, initializers: [...graph.initializers, ...added] };
}

/** Null for a node that asks for 64 bits. What is 32 bits wide after it is added to `values`. */
function narrowed(
  node: OnnxNode,
  values: Set<string>,
  smallName: (constant: string) => string | null,
): OnnxNode | null {
  const { opType = '', inputs, outputs } = node;
  if (!inputs.some((name) => values.has(name))) return node;
  if (opType === 'Shape') return node;
  if (opType === 'Gather' && !values.has(inputs[0]!)) return node;
  if (comparing.has(opType)) {
    const small = inputs.map((name) => (values.has(name) ? name : smallName(name)));
    return small.includes(null) ? null : { ...node, inputs: small as readonly string[] };
  }
  if (!shaping.has(opType) || inputs.slice(1).some((name) => values.has(name))) return null;
  if (opType !== 'Cast') {
    values.add(outputs[0]!);
    return node;
  }
  return narrowedCast(node, values);
}

function narrowedCast(node: OnnxNode, values: Set<string>): OnnxNode {
  const { int64, int32 } = elementTypes;
  const target = node.attributes.find(({ name }) => name === 'to')?.int;
  if (target !== int64 && target !== int32) return node;
  values.add(node.outputs[0]!);
  const attributes = node.attributes.map((it) =>
    it.name === 'to' && it.int === int64 ? { ...it, int: int32 } : it,
  );
  return { ...node, attributes };
}

function smallConstant(name: string, constant: OnnxTensor | undefined): OnnxTensor | null {
  const numbers = constant?.elementType === elementTypes.int64 ? numbersOf(constant) : null;
  return numbers ? tensor(`${name}/int32`, constant!.dims, Int32Array.from(numbers)) : null;
}

const isWide = ({ type }: ValueInfo) => type?.tensor?.elementType === elementTypes.int64;

const withType = (input: ValueInfo, elementType: number): ValueInfo => ({
  ...input,
  type: { ...input.type, tensor: { ...input.type!.tensor!, elementType } },
});
