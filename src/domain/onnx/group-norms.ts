import { constantsOf, numbersOf } from './constants.ts';
import type { OnnxGraph, OnnxNode } from './model.ts';

/** A group normalisation without its weights, as exporters write it: Reshape to groups, InstanceNormalization, Reshape back. */
export interface GroupNorm {
  readonly input: string;
  readonly output: string;
  readonly groups: number;
  readonly epsilon: number;
}

/** ONNX's default for InstanceNormalization. */
const usualEpsilon = 1e-5;

/** In the order of computation. Those whose normalised values are scaled before they are put back together are no plain ones, and left out. */
export function groupNormsOf(graph: OnnxGraph): readonly GroupNorm[] {
  const constants = constantsOf(graph);
  const madeBy = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const isAll = (name: string | undefined, wanted: number) => {
    const tensor = constants.get(name ?? '');
    return tensor && numbersOf(tensor)?.every((value) => value === wanted) ? (tensor.dims[0] ?? 0) : 0;
  };
  const normBefore = ({ opType, inputs, outputs }: OnnxNode): GroupNorm | null => {
    const norm = opType === 'Reshape' ? madeBy.get(inputs[0]!) : undefined;
    const into = norm?.opType === 'InstanceNormalization' ? madeBy.get(norm.inputs[0]!) : undefined;
    const groups = isAll(norm?.inputs[1], 1);
    if (into?.opType !== 'Reshape' || groups === 0 || isAll(norm?.inputs[2], 0) !== groups) return null;
    const epsilon = norm?.attributes.find(({ name }) => name === 'epsilon')?.float ?? usualEpsilon;
    return { input: into.inputs[0]!, output: outputs[0]!, groups, epsilon };
  };
  return graph.nodes.flatMap((node) => normBefore(node) ?? []);
}
