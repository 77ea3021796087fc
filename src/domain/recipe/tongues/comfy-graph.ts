/** ComfyUI's graph as it ran: node id → { class_type, inputs }, where an input may be a link [node id, output]. */
import { isObject, parseJsonObject, parseLenientJson, type JsonObject } from '../lenient-json.ts';

export interface GraphNode {
  readonly id: string;
  /** '' where the text names none. */
  readonly type: string;
  readonly inputs: JsonObject;
}

export type Graph = ReadonlyMap<string, GraphNode>;

/** Undefined for a text that is no such graph. Never throws. Some programs put the JSON into a JSON text once more. */
export function readGraph(text: string): Graph | undefined {
  const packed = /^\s*"\{/.test(text) ? parseLenientJson(text) : undefined;
  const data = parseJsonObject(typeof packed === 'string' ? packed : text);
  const nodes = Object.entries(data ?? {}).flatMap(([id, node]): GraphNode[] => {
    if (!isObject(node) || !isObject(node['inputs'])) return [];
    const type = node['class_type'];
    return [{ id, type: typeof type === 'string' ? type : '', inputs: node['inputs'] }];
  });
  return nodes.length === 0 ? undefined : new Map(nodes.map((node) => [node.id, node]));
}

export interface Link {
  readonly id: string;
  readonly output: number;
}

/** `[node id, output]`, and such a list inside another as some exporters write it. */
export function linkOf(value: unknown): Link | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [id, output] = value as readonly unknown[];
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  return typeof output === 'number' ? { id: String(id), output } : undefined;
}

export const linksOf = ({ inputs }: GraphNode): readonly (readonly [name: string, link: Link])[] =>
  Object.entries(inputs).flatMap(([name, value]) => {
    const link = linkOf(value);
    return link ? [[name, link] as const] : [];
  });

/** The nodes above a link, the nearest first; inputs whose name matches `skip` are not followed. */
export function rising(
  graph: Graph,
  from: Link | undefined,
  { skip }: { skip: RegExp },
): readonly GraphNode[] {
  const found: GraphNode[] = [];
  const seen = new Set<string>();
  let layer = from ? [from] : [];
  while (layer.length > 0) {
    const nodes = layer.flatMap(({ id }) => graph.get(id) ?? []).filter(({ id }) => !seen.has(id));
    const fresh = [...new Map(nodes.map((node) => [node.id, node])).values()];
    for (const { id } of fresh) seen.add(id);
    found.push(...fresh);
    layer = fresh.flatMap((node) => linksOf(node).flatMap(([name, link]) => (skip.test(name) ? [] : [link])));
  }
  return found;
}

const maxHops = 50;

/** What such a node gives is not what it was given. */
const computes =
  /math|express|calc|multipl|divi[ds]|subtract|\bsum\b|round|scale.?by|^random (number|int|float)|binary.?op|unary.?op|evaluate/i;

/**
 * A value, or what the node at the end of its link holds under one of `names`. Undefined where that cannot be told, so that the caller can
 * say so: what other nodes compute is not guessed.
 */
export function valueAt(graph: Graph, value: unknown, names: readonly string[]): unknown {
  let at = value;
  for (let hop = 0; hop < maxHops; hop++) {
    const link = linkOf(at);
    if (!link) return at;
    const node = graph.get(link.id);
    if (!node) return undefined;
    if (computes.test(node.type)) return undefined;
    const name = names.find((key) => node.inputs[key] !== undefined && node.inputs[key] !== null);
    const [only, ...others] = linksOf(node);
    if (name !== undefined) at = node.inputs[name];
    else if (only && others.length === 0) at = node.inputs[only[0]];
    else return undefined;
  }
  return undefined;
}

const numberNames = [
  'value',
  'Value',
  'int',
  'INT',
  'float',
  'FLOAT',
  'number',
  'Number',
  'seed',
  'noise_seed',
  'int_value',
  'float_value',
  'val',
];

/** A number, as it stands or through links; or a word for what cannot be told: the class of the node that would have computed it. */
export function numberAt(graph: Graph, value: unknown, name: string): unknown {
  const link = linkOf(value);
  if (!link) return value;
  const found = valueAt(graph, value, [name, ...aliases(name), ...numberNames]);
  return found ?? graph.get(link.id)?.type ?? 'a missing node';
}

const aliases = (name: string): readonly string[] => {
  if (name === 'seed' || name === 'noise_seed') return ['seed', 'noise_seed', 'seed_num'];
  return name === 'steps' ? ['steps_total'] : [];
};
