/**
 * A graph of pictures cut at its group norms. Between two of them an autoencoder's layers see only a few pixels around each, so such a stage
 * can be computed in tiles without a trace, where a whole graph in tiles shows seams: a norm depends on all pixels.
 */
import { int, node } from './build.ts';
import { constantsOf } from './constants.ts';
import { groupNormsOf, type GroupNorm } from './group-norms.ts';
import { elementTypes, type OnnxGraph, type OnnxNode } from './model.ts';
import { picturesOf, type Pictures } from './pictures.ts';
import { reachOf } from './reach.ts';

export interface Stage {
  /** The picture that it computes. */
  readonly output: string;
  /** Pictures that it starts from: the graph's input and what earlier stages have given. */
  readonly inputs: readonly string[];
  /** Norms that it applies to its inputs, with the statistics of the whole picture: see `scaleInput`. */
  readonly norms: readonly GroupNorm[];
  readonly nodes: readonly OnnxNode[];
  /** How far it looks, in pixels of `unit`; null when a pixel may depend on all others, so that it is computed whole. */
  readonly reach: number | null;
  /** The scale of its coarsest picture. */
  readonly unit: number;
  /** Values of its largest picture for each pixel of the graph's input. */
  readonly widest: number;
}

/** Extra inputs of a stage, [1, channels, 1, 1] in float32: the norm is input · scale + shift. */
export const scaleInput = ({ output }: GroupNorm) => `${output}/scale`;
export const shiftInput = ({ output }: GroupNorm) => `${output}/shift`;

export interface StagedGraph {
  readonly pictures: Pictures;
  readonly stages: readonly Stage[];
}

/**
 * Stages whose pictures are small are computed whole and not cut: cuts are made where `isTooLarge` says that values for each pixel of the
 * graph's input are too many, and nowhere when that is never said.
 */
export function stagesOf(graph: OnnxGraph, isTooLarge: (widest: number) => boolean): StagedGraph {
  const pictures = picturesOf(graph);
  const norms = groupNormsOf(graph).filter(({ input }) => pictures.has(input));
  const places = [...new Set(norms.map(({ input }) => input))];
  const all = cut(graph, pictures, norms, places);
  const large = all.map(({ widest }) => isTooLarge(widest));
  if (!large.includes(true)) return { pictures, stages: cut(graph, pictures, [], []) };
  // From the first picture on that a large stage starts from, or it would have to make that anew.
  const starts = all
    .filter((_, i) => large[i])
    .flatMap(({ inputs }) => inputs.map((name) => places.indexOf(name)));
  const kept = places.slice(Math.max(0, Math.min(...starts)), large.lastIndexOf(true) + 1);
  return { pictures, stages: cut(graph, pictures, norms, kept) };
}

function cut(
  graph: OnnxGraph,
  pictures: Pictures,
  norms: readonly GroupNorm[],
  places: readonly string[],
): readonly Stage[] {
  const applied = norms.filter(({ input }) => places.includes(input));
  const targets = [...places, graph.outputs[0]!.name!];
  return targets.map((output, i) => {
    const known = new Set([graph.inputs[0]!.name!, ...places.slice(0, i)]);
    return stageOf(graph, pictures, { output, known, applied });
  });
}

interface Cut {
  readonly output: string;
  readonly known: ReadonlySet<string>;
  readonly applied: readonly GroupNorm[];
}

function stageOf(graph: OnnxGraph, pictures: Pictures, { output, known, applied }: Cut): Stage {
  const usable = new Map(applied.filter(({ input }) => known.has(input)).map((norm) => [norm.output, norm]));
  const needed = neededFor(graph, output, known, usable);
  const nodes = graph.nodes.filter(({ outputs }) =>
    outputs.some((name) => needed.has(name) && !known.has(name) && !usable.has(name)),
  );
  const norms = [...usable.values()].filter((norm) => needed.has(norm.output));
  const inputs = [...known].filter((name) => needed.has(name));
  const within = [...inputs, ...nodes.flatMap(({ outputs }) => outputs), output].flatMap(
    (name) => pictures.get(name) ?? [],
  );
  const unit = Math.min(...within.map(({ scale }) => scale));
  return {
    output,
    inputs,
    norms,
    nodes,
    unit,
    reach: reachOf({ output, inputs, norms, nodes, unit }, pictures, constantsOf(graph)),
    widest: Math.max(...within.map(({ channels, scale }) => channels * scale ** 2)),
  };
}

/** Names of all values that `output` is made of, back to what is known. */
function neededFor(
  { nodes }: OnnxGraph,
  output: string,
  known: ReadonlySet<string>,
  norms: ReadonlyMap<string, GroupNorm>,
): ReadonlySet<string> {
  const needed = new Set([output]);
  for (const { inputs, outputs } of nodes.toReversed()) {
    const wanted = outputs.filter((name) => needed.has(name));
    if (wanted.length === 0 || wanted.every((name) => known.has(name))) continue;
    const norm = norms.get(wanted[0]!);
    for (const name of norm ? [norm.input] : inputs) needed.add(name);
  }
  return needed;
}

/** A graph of its own for tiles of `side` pixels of `unit` along each side, or for the whole where the stage is not `tiled`. */
export function stageGraph(
  graph: OnnxGraph,
  stage: Stage,
  pictures: Pictures,
  size: { readonly height: number; readonly width: number },
): OnnxGraph {
  const value = (name: string) => {
    const { channels, scale, elementType } = pictures.get(name)!;
    const factor = scale / stage.unit;
    const dims = [1, channels, size.height * factor, size.width * factor].map((length) => ({ size: length }));
    return { name, type: { tensor: { elementType, shape: { dims } } } };
  };
  const perChannel = (name: string, { input }: GroupNorm) => {
    const dims = [1, pictures.get(input)!.channels, 1, 1].map((length) => ({ size: length }));
    return { name, type: { tensor: { elementType: elementTypes.float, shape: { dims } } } };
  };
  const nodes = [...stage.norms.flatMap((norm) => normNodes(norm, pictures)), ...stage.nodes];
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  return {
    ...graph,
    nodes,
    initializers: graph.initializers.filter(({ name }) => used.has(name ?? '')),
    inputs: [
      ...stage.inputs.map(value),
      ...stage.norms.flatMap((norm) => [
        perChannel(scaleInput(norm), norm),
        perChannel(shiftInput(norm), norm),
      ]),
    ],
    outputs: [value(stage.output)],
    // What was known of the whole graph's values is not true of tiles.
    values: [],
  };
}

/** In float32 also in a float16 graph: the mean may be far from zero, and what is left would have few digits. */
function normNodes(norm: GroupNorm, pictures: Pictures): readonly OnnxNode[] {
  const { input, output } = norm;
  const { elementType } = pictures.get(input)!;
  const isFloat = elementType === elementTypes.float;
  const wide = isFloat ? input : `${output}/wide`;
  const sum = isFloat ? output : `${output}/sum`;
  return [
    ...(isFloat ? [] : [node('Cast', [input], [wide], { to: int(elementTypes.float) })]),
    node('Mul', [wide, scaleInput(norm)], [`${output}/scaled`]),
    node('Add', [`${output}/scaled`, shiftInput(norm)], [sum]),
    ...(isFloat ? [] : [node('Cast', [sum], [output], { to: int(elementType) })]),
  ];
}
