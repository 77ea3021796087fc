/** Which nodes drew the picture: from where it was saved back to the first sampler. */
import { linkOf, linksOf, rising, type Graph, type GraphNode, type Link } from './comfy-graph.ts';

/** One run of a sampler. */
export interface Pass {
  readonly node: GraphNode;
  readonly positive: Link | undefined;
  readonly negative: Link | undefined;
  readonly latent: Link | undefined;
  readonly model: Link | undefined;
  /** Where its numbers may stand, the first that has one counts. */
  readonly numbers: readonly GraphNode[];
  readonly sampler: GraphNode | undefined;
  readonly sigmas: GraphNode | undefined;
}

const pictureInputs =
  /^(images?|pixels|samples|latents?|latent_image|video|frames|any|input|image_?\d+|\*)$/i;
const latentInputs = [
  'latent_image',
  'latent',
  'latents',
  'samples',
  'image',
  'pixels',
  'optional_latent',
  'input_image',
];

const chainsOf = (graph: Graph): readonly (readonly GraphNode[])[] =>
  outputs(graph)
    .map((output) => chainFrom(graph, output))
    .filter((chain) => chain.length > 0);

/** Several pictures that began apart are kept: which of them this one is, the graph does not say. */
export const drawsSeveral = (graph: Graph): boolean =>
  new Set(chainsOf(graph).map((chain) => chain.at(-1)!.id)).size > 1;

/** The last pass first. Empty when nothing in the graph draws. */
export function passesOf(graph: Graph): readonly Pass[] {
  const drawn = chainsOf(graph);
  // Of several pictures that were saved the one with most passes tells most; their first pass is nearly always the same.
  const longest = drawn.reduce<readonly GraphNode[]>(
    (best, chain) => (chain.length > best.length ? chain : best),
    [],
  );
  const nodes = longest.length > 0 ? longest : [...graph.values()].filter(isSampler).slice(0, 1);
  return nodes.map((node) => passOf(graph, node));
}

/** Nodes that keep or show a picture come first, others that nothing reads from after them. */
function outputs(graph: Graph): readonly GraphNode[] {
  const nodes = [...graph.values()];
  const read = new Set(nodes.flatMap((node) => linksOf(node).map(([, link]) => link.id)));
  const ends = nodes.filter(({ id }) => !read.has(id));
  const saves = nodes.filter(
    ({ type }) => /save|combine.?video|video.?combine/i.test(type) && !/latent/i.test(type),
  );
  const shows = ends.filter(({ type }) => /preview|show|display|compare/i.test(type));
  return saves.length > 0 ? saves : shows.length > 0 ? shows : ends;
}

const isSampler = (node: GraphNode): boolean =>
  isGuided(node) ||
  isPiped(node) ||
  ('sampler_name' in node.inputs && hasPicture(node)) ||
  isCustom(node) ||
  isClassless(node);

const hasPicture = ({ inputs }: GraphNode) =>
  latentInputs.some((name) => linkOf(inputs[name])) &&
  (linkOf(inputs['positive']) ?? linkOf(inputs['model'])) !== undefined;
const isGuided = ({ inputs }: GraphNode) =>
  linkOf(inputs['guider']) !== undefined && linkOf(inputs['sigmas']) !== undefined;
/** Easy-use and the like: prompts, model and numbers come in one pipe. */
const isPiped = ({ type, inputs }: GraphNode) =>
  /k.?sampler/i.test(type) && !/pre|settings|select/i.test(type) && linkOf(inputs['pipe']) !== undefined;
const isCustom = ({ inputs }: GraphNode) =>
  linkOf(inputs['sigmas']) !== undefined && linkOf(inputs['positive']) !== undefined;
const isClassless = ({ type, inputs }: GraphNode) =>
  type === '' && 'steps' in inputs && linkOf(inputs['positive']) !== undefined;

function chainFrom(graph: Graph, output: GraphNode): readonly GraphNode[] {
  const chain: GraphNode[] = [];
  let next = nextSampler(
    graph,
    linksOf(output).map(([, link]) => link),
  );
  while (next && !chain.includes(next)) {
    chain.push(next);
    const { inputs } = next;
    next = nextSampler(
      graph,
      latentInputs.flatMap((name) => linkOf(inputs[name]) ?? []),
    );
  }
  return chain;
}

/** The nearest sampler above, by the links that carry pictures; where those end, by any. */
function nextSampler(graph: Graph, from: readonly Link[]): GraphNode | undefined {
  const seen = new Set<string>();
  let layer = from;
  while (layer.length > 0) {
    const nodes = layer.flatMap(({ id }) => graph.get(id) ?? []).filter(({ id }) => !seen.has(id));
    const sampler = nodes.find(isSampler);
    if (sampler) return sampler;
    for (const { id } of nodes) seen.add(id);
    layer = nodes.flatMap(upwards);
  }
  return undefined;
}

function upwards(node: GraphNode): readonly Link[] {
  const links = linksOf(node);
  const pictures = links.filter(([name]) => pictureInputs.test(name));
  const others = links.filter(
    ([name]) => !/^(vae|clip|model|positive|negative|mask|control_net|upscale_model)$/.test(name),
  );
  return (pictures.length > 0 ? pictures : others).map(([, link]) => link);
}

function passOf(graph: Graph, node: GraphNode): Pass {
  const { inputs } = node;
  const pipe = linkOf(inputs['pipe']);
  if (isPiped(node) && pipe) return pipedPass(graph, node, pipe);
  const nodeAt = (name: string) => {
    const link = linkOf(inputs[name]);
    return link && graph.get(link.id);
  };
  const guider = nodeAt('guider');
  const sigmas = nodeAt('sigmas');
  const prompts = guider ?? node;
  // Splitting and the like lie between the sampler and the node that has the numbers.
  const schedule =
    rising(graph, linkOf(inputs['sigmas']), { skip: /^model$/ }).find(({ inputs: own }) => 'steps' in own) ??
    sigmas;
  const sampler = nodeAt('sampler') ?? node;
  const link = (name: string) => linkOf(prompts.inputs[name]);
  const latent = latentInputs.map((name) => linkOf(inputs[name])).find((found) => found !== undefined);
  return {
    node,
    positive: link('positive') ?? link('conditioning'),
    negative: link('negative'),
    latent,
    model: link('model') ?? linkOf(inputs['model']),
    numbers: [node, guider, nodeAt('noise'), schedule].filter((found) => found !== undefined),
    sampler,
    sigmas: sigmas ? schedule : node,
  };
}

function pipedPass(graph: Graph, node: GraphNode, pipe: Link): Pass {
  const link = (name: string) => linkOf(node.inputs[name]) ?? pipe;
  const numbers = [node, ...rising(graph, pipe, { skip: /^(vae|clip|image|mask)$/ })];
  const sampler = numbers.find(({ inputs }) => 'sampler_name' in inputs);
  return {
    node,
    positive: link('positive'),
    negative: link('negative'),
    latent: link('latent'),
    model: link('model'),
    numbers,
    sampler,
    sigmas: sampler,
  };
}
