/** The words of a prompt in ComfyUI's graph: what stands behind a conditioning link. */
import { baseName, toNumber, type Teller } from '../told.ts';
import { linkOf, linksOf, rising, type Graph, type GraphNode, type Link } from './comfy-graph.ts';
import type { Pass } from './comfy-passes.ts';
import { isSwitch, maxDepth, switched, textAt, type Words } from './comfy-strings.ts';

export function tellConditioning(teller: Teller, graph: Graph, { node, positive, negative }: Pass): void {
  const told = (link: Link | undefined, field: 'prompt' | 'negativePrompt', own: unknown) => {
    if (!link) {
      if (typeof own === 'string') teller.prompt(inOurWords(teller, own), field);
      return;
    }
    const words = conditioningWords({ teller, graph, isNegative: field === 'negativePrompt' }, link, 0);
    if (words === null) teller.unreadable(field, graph.get(link.id)?.type ?? 'a missing node');
    else teller.prompt(words, field);
  };
  told(positive, 'prompt', node.inputs['positive']);
  teller.names('style', stylesAbove(graph, positive));
  told(negative, 'negativePrompt', node.inputs['negative'] ?? '');
}

/**
 * `embedding:name` is the name alone here. Square brackets are signs of the text there, and AND and BREAK words, which is said: nodes that
 * read them as the web UI does are many.
 */
function inOurWords(teller: Teller, words: string): string {
  if (/(?<!\\)[[\]]|\b(AND|BREAK)\b/.test(words)) teller.note({ kind: 'emphasis', tool: 'ComfyUI' });
  const names: string[] = [];
  const text = words.replaceAll(/\bembedding:([^\s,:()]+)/gi, (_, path: string) => {
    const name = baseName(path).split('/').at(-1)!;
    names.push(name);
    return name;
  });
  teller.names('embedding', names);
  return text;
}

/** Stylers write words of their own around the prompt. */
const stylesAbove = (graph: Graph, link: Link | undefined): readonly unknown[] =>
  rising(graph, link, { skip: /^(clip|model|vae|image|negative)$/ })
    .filter(({ type }) => /styl/i.test(type))
    .flatMap(({ inputs }) => [inputs['style'], inputs['styles'], inputs['select_styles']])
    .filter((style) => style !== 'base' && style !== 'No Style');

interface Search {
  readonly teller: Teller;
  readonly graph: Graph;
  /** Which of a node's two conditionings is meant; ControlNet and the like pass both through. */
  readonly isNegative: boolean;
}

function conditioningWords(search: Search, link: Link, depth: number): Words {
  const node = search.graph.get(link.id);
  if (!node || depth > maxDepth) return null;
  const { inputs, type } = node;
  if ('control_net' in inputs) search.teller.note({ kind: 'control-net' });
  if (/SetArea|SetMask|Regional/i.test(type)) search.teller.note({ kind: 'regions' });
  if (['clip_vision_output', 'style_model', 'gligen_textbox_model'].some((name) => linkOf(inputs[name])))
    search.teller.names('part', [type]);
  if (/ZeroOut/i.test(type)) return '';
  const range = rangeOf(node);
  if (range && (range.start > 0 || range.end < 1)) search.teller.names('part', [type]);
  const both = linkOf(inputs['positive']) !== undefined && linkOf(inputs['negative']) !== undefined;
  if (both) return throughPair(search, node, link, depth);
  const joined = joinedWords(search, node, depth);
  if (joined !== undefined) return joined;
  const own = encodedWords(search.graph, node, link);
  if (own !== undefined) return own === null ? null : inOurWords(search.teller, own);
  return throughOne(search, node, depth);
}

/**
 * Output 0 is the positive conditioning and 1 the negative one; whoever has them in another order has one output only. Pipes and contexts
 * hand on both in one.
 */
function throughPair(search: Search, { inputs, type }: GraphNode, { output }: Link, depth: number): Words {
  const isBundle = output > 1 || /pipe|context|bus/i.test(type);
  const name = (isBundle ? search.isNegative : output === 1) ? 'negative' : 'positive';
  return conditioningWords(search, linkOf(inputs[name])!, depth + 1);
}

const pairs: readonly (readonly [first: string, second: string])[] = [
  ['conditioning_1', 'conditioning_2'],
  ['conditioning_to', 'conditioning_from'],
];

/** `Combine` draws both and takes the mean: AND with halves. `Concat` lays one behind the other: BREAK. */
function joinedWords(search: Search, { inputs, type }: GraphNode, depth: number): Words | undefined {
  const names = pairs.find(([first, second]) => linkOf(inputs[first]) && linkOf(inputs[second]));
  if (!names) return undefined;
  const turned = changedWords(search, { inputs, type }, names, depth);
  if (turned !== undefined) return turned;
  const [first, second] = names.map((name) => conditioningWords(search, linkOf(inputs[name])!, depth + 1));
  if (first === null || second === null || first === undefined || second === undefined) return null;
  if (first === '' || second === '' || first === second) return first || second;
  if (/concat/i.test(type)) return `${first} BREAK ${second}`;
  if (/average/i.test(type)) {
    search.teller.names('part', [type]);
    return `${first}, ${second}`;
  }
  return search.isNegative ? `${first}, ${second}` : `${first} AND ${second}`;
}

/** Over which part of the steps a conditioning holds; null where it does not say. */
function rangeOf({
  type,
  inputs,
}: Pick<GraphNode, 'type' | 'inputs'>): { start: number; end: number } | null {
  const [start, end] = [toNumber(inputs['start']), toNumber(inputs['end'])];
  return /SetTimestepRange/i.test(type) && start !== undefined && end !== undefined ? { start, end } : null;
}

/** One behind the other in time: `[first:second:when]`, where no word of theirs would be read as a sign of that. */
function changedWords(
  search: Search,
  { inputs, type }: Pick<GraphNode, 'type' | 'inputs'>,
  names: readonly string[],
  depth: number,
): Words | undefined {
  if (!/combine/i.test(type)) return undefined;
  const nodes = names.map((name) => search.graph.get(linkOf(inputs[name])!.id));
  const ranged = nodes.map((node) => node && rangeOf(node));
  const [from, to] = ranged[0]?.start === 0 ? [0, 1] : [1, 0];
  const [early, late] = [ranged[from], ranged[to]];
  if (early?.start !== 0 || late?.end !== 1 || early.end !== late.start) return undefined;
  const words = [from, to].map((at) => {
    const link = linkOf(nodes[at]!.inputs['conditioning']);
    return link ? conditioningWords(search, link, depth + 1) : null;
  });
  if (words.includes(null) || words.some((text) => /[[\]:|]/.test(text!))) return undefined;
  const when = Number.isInteger(early.end) ? `${early.end}.0` : String(early.end);
  return `[${words[0]}:${words[1]}:${when}]`;
}

/** Two encoders are told two texts (SDXL), or one of them twice. */
const encoders: readonly (readonly string[])[] = [
  ['text_g', 'text_l'],
  ['t5xxl', 'clip_l'],
  ['clip_g', 'clip_l'],
];

function encodedWords(graph: Graph, node: GraphNode, link: Link): Words | undefined {
  const { inputs } = node;
  const names = encoders.find((pair) => pair.every((name) => inputs[name] !== undefined));
  if (names) {
    const texts = names.map((name) => textAt(graph, inputs[name], link));
    if (texts.includes(null)) return null;
    return [...new Set(texts.map((text) => text!.trim()).filter((text) => text !== ''))].join(', ');
  }
  // What was really said comes before the pattern that it was made from.
  const own = inputs['populated_text'] ?? inputs['text'] ?? inputs['prompt'];
  return own === undefined ? undefined : textAt(graph, own, link);
}

function throughOne(search: Search, node: GraphNode, depth: number): Words {
  const links = linksOf(node).filter(
    ([name]) => !/^(clip|vae|model|image|images|control_net|mask|pixels)$/.test(name),
  );
  if (/FluxGuidance/i.test(node.type)) search.teller.names('part', [node.type]);
  const wanted = search.isNegative ? 'negative' : 'positive';
  // What holds both texts itself: efficiency loaders, stylers.
  const text = node.inputs[wanted] ?? node.inputs[`text_${wanted}`] ?? node.inputs[`${wanted}_prompt`];
  if (text !== undefined && !linkOf(text))
    return typeof text === 'string' ? inOurWords(search.teller, text) : null;
  const others = links.filter(([name]) => name !== (search.isNegative ? 'positive' : 'negative'));
  const chosen = isSwitch(node) ? switched(node) : undefined;
  const named =
    links.find(([name]) => name === wanted || name === chosen) ??
    links.find(([name]) => /^conditioning/i.test(name)) ??
    links.find(([name]) => /^(base_ctx|(\w+_)?pipe|ctx|context|bus)$/i.test(name));
  const next = named ?? (others.length === 1 ? others[0] : undefined);
  if (!next) return null;
  return conditioningWords(search, next[1], depth + 1);
}
