/**
 * ComfyUI's subgraphs: a node whose type is the id of a graph of its own, kept under `definitions`. Its nodes are put in its place, under ids
 * like `12:3`, as ComfyUI does before it runs them.
 */
import { isObject, listOf, type JsonObject } from '../lenient-json.ts';

export interface FlatWorkflow {
  readonly nodes: readonly JsonObject[];
  readonly links: readonly unknown[];
}

interface FlatLink {
  readonly id: string;
  readonly origin_id: string;
  readonly origin_slot: number;
  readonly target_id: string;
  readonly target_slot: number;
}

/** The ids that stand for a subgraph's own inputs and outputs. */
const ends = { inputs: '-10', outputs: '-20' } as const;
const maxDepth = 10;

export function flattened(workflow: JsonObject | undefined): FlatWorkflow {
  const definitions = isObject(workflow?.['definitions']) ? workflow['definitions'] : {};
  const graphs = new Map(
    listOf(definitions['subgraphs'])
      .filter(isObject)
      .map((graph) => [graph['id'], graph]),
  );
  const nodes = listOf(workflow?.['nodes']).filter(isObject);
  if (!nodes.some(({ type }) => graphs.has(type))) return { nodes, links: listOf(workflow?.['links']) };
  const flat = expand(graphs, workflow!, '', 0);
  return { nodes: flat.nodes, links: flat.links.map((link) => ({ ...link, ...throughEnds(flat, link) })) };
}

interface Expanded {
  readonly nodes: readonly JsonObject[];
  readonly links: readonly FlatLink[];
  /** Ids of nodes that stand for a subgraph. */
  readonly instances: ReadonlyMap<string, JsonObject>;
}

function expand(
  graphs: ReadonlyMap<unknown, JsonObject>,
  graph: JsonObject,
  prefix: string,
  depth: number,
): Expanded {
  const own = listOf(graph['nodes'])
    .filter(isObject)
    .map((node) => renamed(node, prefix));
  const links = listOf(graph['links']).flatMap((link) => flatLink(link, prefix));
  const inner = own.flatMap((node) => {
    const definition = graphs.get(node['type']);
    const isActive = node['mode'] !== 2 && node['mode'] !== 4;
    return definition && isActive && depth < maxDepth
      ? [{ node, ...expand(graphs, definition, `${String(node['id'])}:`, depth + 1) }]
      : [];
  });
  const replaced = new Map(inner.map(({ node }) => [String(node['id']), node]));
  return {
    nodes: [...own.filter(({ id }) => !replaced.has(String(id))), ...inner.flatMap(({ nodes }) => nodes)],
    links: [...links, ...inner.flatMap((part) => part.links)],
    instances: new Map([...replaced, ...inner.flatMap((part) => [...part.instances])]),
  };
}

function renamed(node: JsonObject, prefix: string): JsonObject {
  const inputs = listOf(node['inputs'])
    .filter(isObject)
    .map((port) => ({ ...port, link: linkName(port['link'], prefix) }));
  return { ...node, id: prefix + String(node['id']), inputs };
}

/** Links have numbers, in newer files also words. */
const linkName = (link: unknown, prefix: string) =>
  typeof link === 'number' || typeof link === 'string' ? `${prefix}${link}` : null;

function flatLink(link: unknown, prefix: string): readonly FlatLink[] {
  const [id, from, slot, to, place] = Array.isArray(link)
    ? (link as unknown[])
    : isObject(link)
      ? ['id', 'origin_id', 'origin_slot', 'target_id', 'target_slot'].map((key) => link[key])
      : [];
  if (id === null || id === undefined) return [];
  const at = (end: unknown) => prefix + String(end);
  return [
    {
      id: at(id),
      origin_id: at(from),
      origin_slot: Number(slot),
      target_id: at(to),
      target_slot: Number(place),
    },
  ];
}

/** Where a link really comes from: out of a subgraph's inside, or in through its wall. */
function throughEnds(
  { links, instances }: Expanded,
  link: FlatLink,
): Pick<FlatLink, 'origin_id' | 'origin_slot'> {
  let at = link;
  for (let hop = 0; hop < links.length; hop++) {
    const next = instances.has(at.origin_id) ? innerSource(links, at) : outerSource(links, instances, at);
    if (!next) break;
    at = next;
  }
  return { origin_id: at.origin_id, origin_slot: at.origin_slot };
}

const innerSource = (
  links: readonly FlatLink[],
  { origin_id, origin_slot }: FlatLink,
): FlatLink | undefined =>
  links.find((link) => link.target_id === `${origin_id}:${ends.outputs}` && link.target_slot === origin_slot);

function outerSource(
  links: readonly FlatLink[],
  instances: ReadonlyMap<string, JsonObject>,
  { origin_id, origin_slot }: FlatLink,
): FlatLink | undefined {
  const wall = `:${ends.inputs}`;
  const instance = origin_id.endsWith(wall) ? instances.get(origin_id.slice(0, -wall.length)) : undefined;
  const port = listOf(instance?.['inputs'])[origin_slot];
  return isObject(port) ? links.find(({ id }) => id === port['link']) : undefined;
}
