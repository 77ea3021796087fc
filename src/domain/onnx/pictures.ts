/** Which values of a graph are pictures, [1, channels, height, width], and how large they are beside the graph's input. */
import { constantsOf, numbersOf } from './constants.ts';
import { groupNormsOf, type GroupNorm } from './group-norms.ts';
import { elementTypes, type OnnxGraph, type OnnxNode, type OnnxTensor } from './model.ts';

export interface PictureValue {
  /** Its pixels for one pixel of the graph's input, along a side. */
  readonly scale: number;
  readonly channels: number;
  /** Of `elementTypes`. */
  readonly elementType: number;
}

export type Pictures = ReadonlyMap<string, PictureValue>;

interface Known {
  readonly pictures: Map<string, PictureValue>;
  readonly norms: ReadonlyMap<string, GroupNorm>;
  readonly constants: ReadonlyMap<string, OnnxTensor>;
}

/** Values whose size cannot be told from the graph are left out. */
export function picturesOf(graph: OnnxGraph): Pictures {
  const known: Known = {
    pictures: new Map(),
    constants: constantsOf(graph),
    norms: new Map(groupNormsOf(graph).map((norm) => [norm.output, norm])),
  };
  for (const { name, type } of graph.inputs) {
    const dims = type?.tensor?.shape?.dims;
    const elementType = type?.tensor?.elementType;
    const channels = dims?.[1]?.size;
    if (name && dims?.length === 4 && channels && elementType)
      known.pictures.set(name, { scale: 1, channels, elementType });
  }
  for (const node of graph.nodes) {
    const output = pictureOf(node, known);
    if (output) known.pictures.set(node.outputs[0]!, output);
  }
  return known.pictures;
}

/** Operators that give every pixel what only the same pixel of their inputs tells. */
const pixelwise = new Set(
  `Add Sub Mul Div Pow Max Min Clip Neg Abs Exp Sqrt Reciprocal Sigmoid Tanh Relu LeakyRelu Elu Erf Gelu QuickGelu HardSigmoid
  HardSwish Softplus Cast Identity Dropout`.split(/\s+/),
);

export const isPixelwise = ({ opType = '' }: OnnxNode) => pixelwise.has(opType);

function pictureOf(node: OnnxNode, { pictures, constants, norms }: Known): PictureValue | null {
  const first = pictures.get(node.inputs[0] ?? '');
  if (isPixelwise(node)) return pixelwisePicture(node, pictures);
  const norm = norms.get(node.outputs[0] ?? '');
  if (norm) return pictures.get(norm.input) ?? null;
  if (!first) return null;
  const weights = constants.get(node.inputs[1] ?? '')?.dims;
  switch (node.opType) {
    case 'Conv':
      return weights
        ? { ...first, channels: weights[0]!, scale: first.scale / intsOf(node, 'strides', [1])[0]! }
        : null;
    case 'Resize': {
      const scale = resizeScale(node, constants);
      return scale ? { ...first, scale: first.scale * scale } : null;
    }
    case 'DepthToSpace': {
      const block = intOf(node, 'blocksize', 1);
      return { ...first, channels: first.channels / block ** 2, scale: first.scale * block };
    }
    case 'Pad':
    case 'InstanceNormalization':
      return first;
    case 'Concat':
      return concatenated(node, pictures);
    case undefined:
    default:
      return null;
  }
}

function pixelwisePicture(node: OnnxNode, pictures: Known['pictures']): PictureValue | null {
  const known = node.inputs.flatMap((name) => pictures.get(name) ?? []);
  const [first] = known;
  if (!first) return null;
  const widest = { ...first, channels: Math.max(...known.map(({ channels }) => channels)) };
  return node.opType === 'Cast' ? { ...widest, elementType: intOf(node, 'to', elementTypes.float) } : widest;
}

function concatenated(node: OnnxNode, pictures: Known['pictures']): PictureValue | null {
  const parts = node.inputs.map((name) => pictures.get(name));
  const [first] = parts;
  if (!first || intOf(node, 'axis', 0) !== 1 || parts.some((part) => part?.scale !== first.scale))
    return null;
  return { ...first, channels: parts.reduce((sum, part) => sum + part!.channels, 0) };
}

/** How many times larger along a side; null where it is not the same whole number for both, or known only when the graph runs. */
export function resizeScale(node: OnnxNode, constants: ReadonlyMap<string, OnnxTensor>): number | null {
  const tensor = constants.get(node.inputs[2] ?? '');
  const [, , down, across] = (tensor && numbersOf(tensor)) ?? [];
  return down !== undefined && down === across && Number.isInteger(down) ? down : null;
}

export const intOf = ({ attributes }: OnnxNode, name: string, otherwise: number): number =>
  attributes.find((attribute) => attribute.name === name)?.int ?? otherwise;

export function intsOf(
  { attributes }: OnnxNode,
  name: string,
  otherwise: readonly number[],
): readonly number[] {
  const values = attributes.find((attribute) => attribute.name === name)?.ints;
  return values && values.length > 0 ? values : otherwise;
}
