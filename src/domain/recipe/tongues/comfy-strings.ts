/** Texts out of nodes that hold, join or choose texts. */
import { linkOf, linksOf, type Graph, type GraphNode, type Link } from './comfy-graph.ts';

/** A text, or null where a node would have made it in a way that is not repeated here. */
export type Words = string | null;

export const maxDepth = 60;

/** A text as it stands, or from the nodes that its link leads to. */
export function textAt(graph: Graph, value: unknown, from: Link, depth = 0): Words {
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

export const isSwitch = ({ type }: GraphNode) => /switch|select/i.test(type) && !/styl/i.test(type);

/** The input whose number the switch stands at; of rgthree's, the first that is connected. */
export function switched({ inputs, type }: GraphNode): string | undefined {
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
