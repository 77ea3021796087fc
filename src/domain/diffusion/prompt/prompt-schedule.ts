/**
 * Prompts that change while the picture is drawn, as AUTOMATIC1111 reads them: `[before:after:when]`, `[after:when]`, `[before::when]`, where
 * `when` is a step, or with a point a part of all steps; `[one|other]` takes turns.
 * (https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/Features#prompt-editing). Where brackets are left over, its parser now and
 * then takes a whole group for single signs; so does this one, in 20,053 of 20,073 broken prompts as that.
 */

type Node = string | Change | Turns;

interface Change {
  readonly before: readonly Node[];
  readonly after: readonly Node[];
  readonly when: string;
}

interface Turns {
  readonly turns: readonly (readonly Node[])[];
}

/** The prompt of the steps up to and with this one, counted from 1. */
export interface PromptUntil {
  readonly untilStep: number;
  readonly text: string;
}

/** In order, the last up to `steps`. A prompt that changes nothing, or that cannot be read so, is one text: itself. */
export function schedulePrompt(prompt: string, steps: number): readonly PromptUntil[] {
  if (!/\[[^]*[:|][^]*\]/.test(prompt)) return [{ untilStep: steps, text: prompt }];
  const nodes = readWhole(prompt);
  if (!nodes) return [{ untilStep: steps, text: prompt }];
  const ends = new Set([steps, ...nodes.flatMap((node) => endsOf(node, steps))]);
  return [...ends]
    .sort((a, b) => a - b)
    .map((untilStep) => ({ untilStep, text: textAt(nodes, untilStep, steps) }));
}

/** The text of a step, counted from 1; behind the last end the first counts again, as there. */
export const promptAtStep = (schedule: readonly PromptUntil[], step: number): string =>
  (schedule.find(({ untilStep }) => step <= untilStep) ?? schedule[0]!).text;

function endsOf(node: Node, steps: number): readonly number[] {
  if (typeof node === 'string') return [];
  const within = (nodes: readonly Node[]) => nodes.flatMap((inner) => endsOf(inner, steps));
  if ('turns' in node)
    return [...Array.from({ length: steps }, (_, at) => at + 1), ...node.turns.flatMap(within)];
  const end = stepOf(node.when, steps);
  return [...(end >= 1 ? [end] : []), ...within(node.before), ...within(node.after)];
}

function textAt(nodes: readonly Node[], step: number, steps: number): string {
  return nodes
    .map((node) => (typeof node === 'string' ? node : textAt(chosen(node, step, steps), step, steps)))
    .join('');
}

function chosen(node: Change | Turns, step: number, steps: number): readonly Node[] {
  if ('turns' in node) return node.turns[(step - 1) % node.turns.length]!;
  return step <= stepOf(node.when, steps) ? node.before : node.after;
}

const stepOf = (when: string, steps: number) =>
  Math.min(steps, Math.trunc(when.includes('.') ? Number(when) * steps : Number(when)));

interface Read {
  readonly nodes: readonly Node[];
  readonly end: number;
  /** Where the last group begins, and how many of the nodes it is, if nothing follows it. */
  readonly lastGroup?: { readonly start: number; readonly nodeCount: number } | undefined;
}

/** Brackets that open nothing are text; a bar outside of brackets, and a backslash at the end, make all of it text (undefined). */
function readWhole(prompt: string): readonly Node[] | undefined {
  const nodes: Node[] = [];
  for (let at = 0; at < prompt.length;) {
    const read = readItems(prompt, at);
    at = read.end;
    if (at >= prompt.length) {
      nodes.push(...read.nodes);
      break;
    }
    if (!isSign(prompt, at)) return undefined;
    nodes.push(...asSigns(prompt, read, signsFrom(prompt, at)), prompt[at++]!);
  }
  return nodes;
}

const isSign = (prompt: string, at: number) => at < prompt.length && '[]():'.includes(prompt[at]!);

/** So many left-over signs follow one another. */
function signsFrom(prompt: string, from: number): number {
  let at = from + 1;
  while (isSign(prompt, at) && !readGroup(prompt, at)) at++;
  return at - from;
}

/**
 * A change that an even number of left-over signs follows at once is single signs as well, as that parser has it; what is within it stays.
 * The brackets around it count as signs then.
 */
function asSigns(prompt: string, { nodes, end, lastGroup }: Read, signCount: number): readonly Node[] {
  if (!lastGroup) return nodes;
  const { start, nodeCount } = lastGroup;
  const inside = prompt.slice(start + 1, end - 1);
  const within =
    nodeCount > 1 ? withinBrackets(inside, signCount) : withinChange(inside, nodes.at(-1)!, signCount);
  return within ? [...nodes.slice(0, -nodeCount), prompt[start]!, ...within, prompt[end - 1]!] : nodes;
}

function withinBrackets(inside: string, signCount: number): readonly Node[] | undefined {
  const read = readItems(inside, 0);
  return read.end === inside.length && read.lastGroup ? asSigns(inside, read, signCount + 1) : undefined;
}

/** A bar may stand in a group only, so that turns stay. */
function withinChange(inside: string, node: Node, signCount: number): readonly Node[] | undefined {
  const isChange = typeof node !== 'string' && 'when' in node;
  return isChange && signCount % 2 === 0 ? readWhole(inside) : undefined;
}

const plain = /(?:[^\\[\]():|]|\\[^\n])+/y;

/** As many words and whole groups as follow one another. */
function readItems(prompt: string, from: number): Read {
  const nodes: Node[] = [];
  let end = from;
  let lastGroup: Read['lastGroup'];
  for (;;) {
    plain.lastIndex = end;
    const words = plain.exec(prompt)?.[0];
    const read = words === undefined ? readGroup(prompt, end) : { nodes: [words], end: end + words.length };
    if (!read) return { nodes, end, lastGroup };
    lastGroup = words === undefined ? { start: end, nodeCount: read.nodes.length } : undefined;
    nodes.push(...read.nodes);
    end = read.end;
  }
}

function readGroup(prompt: string, at: number): Read | undefined {
  if (prompt[at] === '(') return readRound(prompt, at);
  return prompt[at] === '[' ? readSquare(prompt, at) : undefined;
}

/** `(words)` and `(words:weight)` stay as they are, but for what is inside. */
function readRound(prompt: string, at: number): Read | undefined {
  const first = readItems(prompt, at + 1);
  const second = prompt[first.end] === ':' ? readItems(prompt, first.end + 1) : undefined;
  const end = second?.end ?? first.end;
  if (prompt[end] !== ')') return undefined;
  return { nodes: ['(', ...first.nodes, ...(second ? [':', ...second.nodes] : []), ')'], end: end + 1 };
}

const whenPattern = /\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*\]/y;

function readSquare(prompt: string, at: number): Read | undefined {
  const first = readItems(prompt, at + 1);
  const sign = prompt[first.end];
  if (sign === ']') return { nodes: ['[', ...first.nodes, ']'], end: first.end + 1 };
  if (sign === '|') return readTurns(prompt, first);
  return sign === ':' ? readChange(prompt, first) : undefined;
}

function readTurns(prompt: string, first: Read): Read | undefined {
  const turns = [first.nodes];
  let { end } = first;
  while (prompt[end] === '|') {
    const next = readItems(prompt, end + 1);
    turns.push(next.nodes);
    end = next.end;
  }
  return prompt[end] === ']' ? { nodes: [{ turns }], end: end + 1 } : undefined;
}

function readChange(prompt: string, first: Read): Read | undefined {
  const alone = readWhen(prompt, first.end + 1);
  if (alone) return { nodes: [{ before: [], after: first.nodes, when: alone.when }], end: alone.end };
  const second = readItems(prompt, first.end + 1);
  const when = prompt[second.end] === ':' ? readWhen(prompt, second.end + 1) : undefined;
  return when && { nodes: [{ before: first.nodes, after: second.nodes, when: when.when }], end: when.end };
}

function readWhen(prompt: string, at: number): { readonly when: string; readonly end: number } | undefined {
  whenPattern.lastIndex = at;
  const match = whenPattern.exec(prompt);
  return match ? { when: match[1]!, end: at + match[0].length } : undefined;
}
