/**
 * Choices in a prompt, as Dynamic Prompts writes them (https://github.com/adieyal/dynamicprompts/blob/main/docs/SYNTAX.md): `{a|b|c}` is one
 * of them, `{0.5::a|2::b}` by weight, `{2$$a|b|c}` two of them, `{1-2$$ and $$a|b|c}` one or two with words between; `__name__` is a line of
 * the list of that name, `${hair={red|blond}}` and `${hair}` a text that is used again. Braces without a bar are text, as without it.
 */
import { choiceRandom, pickWeighted, type Random } from './choice-random.ts';

/** By name, each with its lines, which may hold choices themselves. */
export type PromptLists = Readonly<Record<string, readonly string[]>>;

export interface DrawnPrompt {
  readonly text: string;
  /** Names without a list; they stand in the text as they were written. */
  readonly unknownLists: readonly string[];
}

/** Lists that name each other would grow without an end. */
const maxDepth = 20;
const maxDraws = 10_000;
const maxLength = 100_000;

export const hasChoices = (prompt: string): boolean => /\{[^]*(?:\||\$\$)[^]*\}|__\S[^]*__|\$\{/.test(prompt);

/** The same seed draws the same text. */
export function drawChoices(prompt: string, seed: number, lists: PromptLists): DrawnPrompt {
  if (!hasChoices(prompt)) return { text: prompt, unknownLists: [] };
  const unknown = new Set<string>();
  const drawing: Drawing = { random: choiceRandom(seed), lists, unknown, variables: new Map(), draws: 0 };
  const text = draw(drawing, prompt, 0);
  return { text: text.slice(0, maxLength), unknownLists: [...unknown] };
}

/** Names of lists that match, where `*` stands for any letters: `colours*`, `artists/**`. */
export function listsNamed(lists: PromptLists, name: string): readonly string[] {
  const wanted = plainName(name);
  const pattern = new RegExp(
    `^${wanted.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\*+/g, (stars) => (stars.length > 1 ? '.*' : '[^/]*'))}$`,
    'i',
  );
  return Object.keys(lists).filter((key) => pattern.test(key));
}

const plainName = (name: string) =>
  name
    .trim()
    .replace(/^[~!@]/, '')
    .replace(/\(.*\)$/, '');

interface Drawing {
  readonly random: Random;
  readonly lists: PromptLists;
  readonly unknown: Set<string>;
  readonly variables: Map<string, () => string>;
  draws: number;
}

/** `__name__`: no blanks beside the name, which rules out underscores that are meant as such. */
const listPattern = /__([~!@]?[^\s_|{}#$](?:[^|{}#$\n]*?[^\s_|{}#$])?)__/y;

function draw(drawing: Drawing, prompt: string, depth: number): string {
  if (depth > maxDepth || ++drawing.draws > maxDraws) return '';
  let text = '';
  for (let at = 0; at < prompt.length && text.length < maxLength;) {
    const end = groupEnd(prompt, at);
    listPattern.lastIndex = at;
    const list = prompt[at] === '_' ? listPattern.exec(prompt) : null;
    if (end !== undefined) {
      const start = prompt[at] === '$' ? at + 2 : at + 1;
      const inside = prompt.slice(start, end);
      text += prompt[at] === '$' ? variable(drawing, inside, depth) : group(drawing, inside, depth);
      at = end + 1;
    } else if (list) {
      text += fromLists(drawing, list[1]!, depth);
      at += list[0].length;
    } else text += prompt[at++]!;
  }
  return text;
}

/** Where the brace at `at` (or behind a dollar there) closes; undefined where none opens, or it never closes. */
function groupEnd(prompt: string, at: number): number | undefined {
  const open = prompt[at] === '$' && prompt[at + 1] === '{' ? at + 1 : at;
  if (prompt[open] !== '{' || prompt[at - 1] === '\\') return undefined;
  for (let end = open, depth = 0; end < prompt.length; end++) {
    if (prompt[end] === '{') depth++;
    if (prompt[end] === '}' && --depth === 0) return end;
  }
  return undefined;
}

const bounds = /^\s*[~!@]?\s*(\d*)(-?)(\d*)\$\$(?:([^${}]*)\$\$)?/;

function group(drawing: Drawing, inside: string, depth: number): string {
  const [head, least, dash, most, between] = bounds.exec(inside) ?? [];
  // A sign of how it chooses, which is always by chance here.
  const options = splitOptions(
    head === undefined ? inside.replace(/^\s*[~!@]/, '') : inside.slice(head.length),
  );
  const isChoice = head !== undefined || options.length > 1 || /^\s*__.*__\s*$/.test(inside);
  if (!isChoice) return `{${draw(drawing, inside, depth + 1)}}`;
  const [from, to] = range(least, dash, most);
  const wanted = from + Math.floor(drawing.random() * (to(options.length) - from + 1));
  const whole = options.length === 1 ? oneList(drawing, options[0]!.text) : undefined;
  const chosen = pickWeighted(drawing.random, whole ?? options, head === undefined ? 1 : wanted);
  return chosen.map(({ text }) => draw(drawing, text, depth + 1).trimStart()).join(between ?? ', ');
}

type Upper = (options: number) => number;

function range(least = '', dash = '', most = ''): readonly [from: number, to: Upper] {
  const from = least === '' ? 1 : Number(least);
  if (dash === '') return [from, () => from];
  return [from, (options) => Math.max(from, most === '' ? options : Number(most))];
}

/** `{2$$__colours__}` draws two different lines. */
function oneList(drawing: Drawing, option: string): readonly Option[] | undefined {
  listPattern.lastIndex = 0;
  const trimmed = option.trim();
  const match = listPattern.exec(trimmed);
  if (match?.[0].length !== trimmed.length) return undefined;
  const entries = entriesOf(drawing.lists, match[1]!);
  return entries.length === 0 ? undefined : entries;
}

export interface Option {
  readonly text: string;
  readonly weight: number;
}

const weightPattern = /^\s*(\d+\.?\d*|\.\d+)::/;

function weighed(text: string): Option {
  const [head, weight] = weightPattern.exec(text) ?? [''];
  return { text: text.slice(head.length), weight: weight === undefined ? 1 : Number(weight) };
}

/** At the bars that stand in no inner brace. */
function splitOptions(inside: string): readonly Option[] {
  const options: string[] = [''];
  let depth = 0;
  for (const letter of inside) {
    if (letter === '{') depth++;
    if (letter === '}') depth--;
    if (letter === '|' && depth === 0) options.push('');
    else options[options.length - 1] += letter;
  }
  return options.map(weighed);
}

const entriesOf = (lists: PromptLists, name: string): readonly Option[] =>
  listsNamed(lists, name).flatMap((key) => lists[key]!.map(weighed));

function fromLists(drawing: Drawing, name: string, depth: number): string {
  const entries = entriesOf(drawing.lists, name);
  if (entries.length === 0) {
    drawing.unknown.add(name);
    return `__${name}__`;
  }
  const [line] = pickWeighted(drawing.random, entries, 1);
  return draw(drawing, line!.text, depth + 1);
}

/** `name=text` sets it and is no text itself, `name=!text` draws it once for all, `name:text` is for where it was not set. */
function variable(drawing: Drawing, inside: string, depth: number): string {
  const [, name = '', sign, value = ''] = /^\s*([\w-]+)\s*(=!|\?=|=|:)?([^]*)$/.exec(inside) ?? [];
  if (name === '') return `\${${inside}}`;
  const known = drawing.variables.get(name);
  if (sign === undefined || sign === ':') {
    return known?.() ?? (sign === ':' ? draw(drawing, value, depth + 1) : `\${${inside}}`);
  }
  if (sign === '?=' && known) return '';
  const once = sign === '=!' ? draw(drawing, value, depth + 1).trim() : undefined;
  drawing.variables.set(name, () => once ?? draw(drawing, value, depth + 1).trim());
  return '';
}

/** What stands in a file: a line each; empty ones, and those that begin with #, are none. */
export const readListLines = (text: string): readonly string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
