/** The words of a prompt in ComfyUI's graph: what stands behind a conditioning link. */
import type { Teller } from '../told.ts';
import { linkOf, linksOf, rising, type Graph, type GraphNode, type Link } from './comfy-graph.ts';
import type { Pass } from './comfy-passes.ts';

/** A text, or null where a node would have made it in a way that is not repeated here. */
type Words = string | null;

const maxDepth = 60;

export function tellConditioning(teller: Teller, graph: Graph, { node, positive, negative }: Pass): void {
  const told = (link: Link | undefined, field: 'prompt' | 'negativePrompt', own: unknown) => {
    if (!link) {
      if (typeof own === 'string') teller.prompt(own, field);
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
  if (/ZeroOut/i.test(type)) return '';
  const both = linkOf(inputs['positive']) !== undefined && linkOf(inputs['negative']) !== undefined;
  if (both) return throughPair(search, node, link, depth);
  const joined = joinedWords(search, node, depth);
  if (joined !== undefined) return joined;
  const own = encodedWords(search.graph, node, link);
  if (own !== undefined) return own;
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
  const [first, second] = names.map((name) => conditioningWords(search, linkOf(inputs[name])!, depth + 1));
  if (first === null || second === null || first === undefined || second === undefined) return null;
  if (first === '' || second === '' || first === second) return first || second;
  if (/concat/i.test(type)) return `${first} BREAK ${second}`;
  if (/average/i.test(type)) {
    search.teller.note({ kind: 'regions' });
    return `${first}, ${second}`;
  }
  return search.isNegative ? `${first}, ${second}` : `${first} AND ${second}`;
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
  if (text !== undefined && !linkOf(text)) return typeof text === 'string' ? text : null;
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

/** A text as it stands, or from the nodes that its link leads to. */
function textAt(graph: Graph, value: unknown, from: Link, depth = 0): Words {
  if (typeof value === 'string') return value;
  const link = linkOf(value);
  const node = link && graph.get(link.id);
  if (!node || depth > maxDepth) return null;
  const read = (name: string) => textAt(graph, node.inputs[name], from, depth + 1);
  const joined = joinedNames(node);
  if (joined) {
    const texts = joined.map(read);
    return texts.includes(null) ? null : texts.filter((text) => text !== '').join(delimiterOf(node));
  }
  const chosen = chosenName(node, link);
  return chosen === undefined ? null : read(chosen);
}

const delimiterNames = new Map([
  ['comma', ', '],
  ['space', ' '],
  ['newline', '\n'],
  ['none', ''],
]);

const delimiterOf = ({ inputs, type }: GraphNode) => {
  const said = inputs['delimiter'] ?? inputs['separator'];
  if (typeof said === 'string') return delimiterNames.get(said.toLowerCase()) ?? said.replaceAll('\\n', '\n');
  if (inputs['linebreak_addition'] === 'true') return '\n';
  return /pysss/i.test(type) ? ', ' : '';
};

/** `string_a`, `text_b`, `text1` …, in order, where there are two or more. */
function joinedNames({ inputs, type }: GraphNode): readonly string[] | undefined {
  if (/switch|select|any/i.test(type) || inputs['action'] === 'replace') return undefined;
  const names = Object.keys(inputs).filter(
    (name) => /^(string|text|str|prompt|input)_?([a-h]|\d{1,2})$/i.test(name) && isText(inputs[name]),
  );
  if (names.length < 2 || /show/i.test(type)) return undefined;
  return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

const isText = (value: unknown) => typeof value === 'string' || linkOf(value) !== undefined;

/** What was really said comes before the pattern that it was made from. */
const textNames = [
  'populated_text',
  'text_0',
  'value',
  'string',
  'String',
  'STRING',
  'text',
  'Text',
  'TEXT',
  'prompt',
  'Prompt',
  'positive',
  'wildcard_text',
  'text_positive',
  'input',
  'anything',
  'source',
  'string_a',
  'text1',
  'text_a',
  'string1',
  'negative',
  '*',
  '',
];

/** The text is drawn by chance there, or made by a language model. */
const computed =
  /random|wildcard.?(encode|process)|generator|llm|ollama|caption|tagger|interrogat|translate|florence|split|replace|regex|case.?conv|slice|substring|from.?file|load.?(line|prompt)/i;

function chosenName(node: GraphNode, link: Link): string | undefined {
  const { inputs, type } = node;
  if (typeof inputs['populated_text'] === 'string') return 'populated_text';
  if (computed.test(type) || inputs['action'] === 'replace') return undefined;
  if (isSwitch(node)) return switched(node);
  // A styler's second output is the negative text.
  if ('text_positive' in inputs && 'text_negative' in inputs)
    return link.output === 1 ? 'text_negative' : 'text_positive';
  const known = textNames.find((name) => isText(inputs[name]));
  if (known !== undefined) return known;
  const links = linksOf(node);
  return links.length === 1 ? links[0]![0] : undefined;
}

const isSwitch = ({ type }: GraphNode) => /switch|select/i.test(type) && !/styl/i.test(type);

/** The input whose number the switch stands at; of rgthree's, the first that is connected. */
function switched({ inputs, type }: GraphNode): string | undefined {
  const linked = Object.keys(inputs).filter(
    (name) => isText(inputs[name]) && /\d|_[ab]$|true|false|on_/.test(name),
  );
  const at = inputs['select'] ?? inputs['Input'] ?? inputs['index'];
  if (typeof at === 'number') return linked.find((name) => new RegExp(`(^|\\D)0*${at}$`).test(name));
  if (typeof inputs['boolean'] === 'boolean')
    return linked.find((name) => name.includes(String(inputs['boolean'])));
  if (/rgthree/i.test(type)) return linked.sort()[0];
  return linked.length === 1 ? linked[0] : undefined;
}
