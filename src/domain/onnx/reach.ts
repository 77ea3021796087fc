import type { GroupNorm } from './group-norms.ts';
import type { OnnxNode, OnnxTensor } from './model.ts';
import { intOf, intsOf, isPixelwise, resizeScale, type Pictures } from './pictures.ts';

interface Part {
  readonly output: string;
  readonly inputs: readonly string[];
  readonly norms: readonly GroupNorm[];
  readonly nodes: readonly OnnxNode[];
  readonly unit: number;
}

type Constants = ReadonlyMap<string, OnnxTensor>;

/**
 * How many pixels of `unit` around a pixel of the output decide what it becomes, at most; null when there is a node that may look further.
 * https://distill.pub/2019/computing-receptive-fields
 */
export function reachOf(part: Part, pictures: Pictures, constants: Constants): number | null {
  /** For each value, in its own pixels. */
  const reach = new Map([[part.output, 0]]);
  const widen = (name: string, pixels: number) => reach.set(name, Math.max(pixels, reach.get(name) ?? 0));
  for (const node of part.nodes.toReversed()) {
    const sources = node.inputs.filter((name) => pictures.has(name));
    // What has to do with sizes only.
    if (node.opType === 'Shape' || sources.length === 0) continue;
    const after = reach.get(node.outputs[0]!) ?? 0;
    const before = reachBefore(node, after, constants);
    if (before === null) return null;
    for (const name of sources) widen(name, before);
  }
  for (const norm of part.norms) widen(norm.input, reach.get(norm.output) ?? 0);
  const inUnits = part.inputs.map((name) =>
    Math.ceil(((reach.get(name) ?? 0) * part.unit) / pictures.get(name)!.scale),
  );
  return Math.max(0, ...inUnits);
}

/** How far a node looks in its input so that its output is known `after` pixels around. */
function reachBefore(node: OnnxNode, after: number, constants: Constants): number | null {
  if (isPixelwise(node)) return node.inputs.some((name) => varies(constants.get(name))) ? null : after;
  switch (node.opType) {
    case 'Conv': {
      const kernel = constants.get(node.inputs[1] ?? '')?.dims.slice(2) ?? [];
      const widest = Math.max(...kernel) - 1;
      const [before = 0] = intsOf(node, 'pads', [0]);
      const spread = widest * Math.max(...intsOf(node, 'dilations', [1]));
      return after * intsOf(node, 'strides', [1])[0]! + Math.max(before, spread - before);
    }
    case 'Resize': {
      const scale = resizeScale(node, constants);
      return scale === null ? null : Math.ceil(after / scale) + 2;
    }
    case 'DepthToSpace':
      return Math.ceil(after / intOf(node, 'blocksize', 1));
    case 'Pad':
      return after + 1;
    case 'Concat':
      return after;
    case undefined:
    default:
      return null;
  }
}

/** A constant that is not the same for all pixels. */
const varies = (tensor: OnnxTensor | undefined) =>
  tensor !== undefined && tensor.dims.length > 1 && tensor.dims.slice(-2).some((size) => size > 1);
