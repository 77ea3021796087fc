/** What a prompt says beside its words, as it is understood here, and what in it is not. Facts; the page makes sentences of them. */
import { drawChoices, hasChoices, listsNamed, type PromptLists } from './prompt-choices.ts';
import { readPromptLoras } from './prompt-loras.ts';
import { drawnText, promptParts } from './prompt-parts.ts';
import { schedulePrompt } from './prompt-schedule.ts';
import { parsePromptWeights } from './prompt-weighting.ts';

export type PromptFact =
  | { readonly kind: 'lora'; readonly name: string; readonly textWeight: number; readonly unetWeight: number }
  | { readonly kind: 'weight'; readonly words: string; readonly weight: number }
  /** The text changes behind these steps. */
  | { readonly kind: 'changes'; readonly afterSteps: readonly number[] }
  | { readonly kind: 'turns'; readonly texts: number }
  | { readonly kind: 'parts'; readonly weights: readonly number[] }
  | { readonly kind: 'sections'; readonly count: number }
  | { readonly kind: 'choice' }
  | { readonly kind: 'list'; readonly name: string; readonly lines: number }
  /** From here on: not as it may have been meant. */
  | { readonly kind: 'unknown-list'; readonly name: string }
  | { readonly kind: 'unreadable-tag' | 'other-network'; readonly tag: string }
  | { readonly kind: 'break-in-brackets' | 'open-bracket' }
  /** `foreign`: it means something in another program's prompts. */
  | { readonly kind: 'end-number' | 'foreign'; readonly said: string };

export const isDoubt = ({ kind }: PromptFact): boolean =>
  [
    'unknown-list',
    'unreadable-tag',
    'other-network',
    'break-in-brackets',
    'open-bracket',
    'end-number',
    'foreign',
  ].includes(kind);

/** In order of kinds. `steps` are those over which the prompt changes. */
export function promptFacts(prompt: string, steps: number, lists: PromptLists): readonly PromptFact[] {
  const { loras, unreadable } = readPromptLoras(prompt);
  const others = prompt.match(/<(?:hypernet|lokr|loha):[^>]*>/gi) ?? [];
  // Choices are made before anything else is read: of several texts one stands for all.
  const text = drawnText(drawChoices(prompt, 0, lists).text);
  return [
    ...loras.map((lora) => ({ kind: 'lora' as const, ...lora })),
    ...choiceFacts(prompt, lists),
    ...scheduleFacts(text, steps),
    ...partFacts(text, steps),
    ...weightFacts(text, steps),
    ...unreadable.map((tag) => ({ kind: 'unreadable-tag' as const, tag })),
    ...foreignFacts(text),
    ...others.map((tag) => ({ kind: 'other-network' as const, tag })),
  ];
}

function choiceFacts(prompt: string, lists: PromptLists): readonly PromptFact[] {
  if (!hasChoices(prompt)) return [];
  const names = [...prompt.matchAll(/__([~!@]?[^\s_|{}#$](?:[^|{}#$\n]*?[^\s_|{}#$])?)__/g)].map(
    ([, name]) => name!,
  );
  return [
    ...(/\{[^]*[|$][^]*\}/.test(prompt) ? [{ kind: 'choice' as const }] : []),
    ...[...new Set(names)].map((name): PromptFact => {
      const lines = listsNamed(lists, name).reduce((sum, key) => sum + lists[key]!.length, 0);
      return lines > 0 ? { kind: 'list', name, lines } : { kind: 'unknown-list', name };
    }),
  ];
}

/** NovelAI's `{words}` and `1.3::words::`, InvokeAI's `(words)1.3` and `word++`, ComfyUI's `embedding:name`. */
const foreign =
  /\{[^{}\n]+\}|-?\d+(?:\.\d+)?::[^:\n]+::|\([^()\n]+\)(?:\d+(?:\.\d+)?|\+{1,5}|-{1,5})(?![\w.])|\b\w+(?:\+{2,5}|-{2,5})(?![\w-])|\bembedding:[^\s,:()]+/g;
const maxForeign = 3;

const foreignFacts = (text: string): readonly PromptFact[] =>
  [...text.matchAll(foreign)]
    .slice(0, maxForeign)
    .map(([said]) => ({ kind: 'foreign', said: shortened(said) }));

function scheduleFacts(text: string, steps: number): readonly PromptFact[] {
  const schedule = schedulePrompt(text, steps);
  if (schedule.length < 2) return [];
  const texts = new Set(schedule.map((part) => part.text)).size;
  const isTurning = /\[[^\]]*\|/.test(text);
  if (isTurning) return [{ kind: 'turns', texts }];
  return [{ kind: 'changes', afterSteps: schedule.slice(0, -1).map(({ untilStep }) => untilStep) }];
}

function partFacts(text: string, steps: number): readonly PromptFact[] {
  const parts = promptParts(text, steps);
  if (parts.length > 1) return [{ kind: 'parts', weights: parts.map(({ weight }) => weight) }];
  const [, said] = /(:\s*[-+]?(?:\d+\.?|\d*\.\d+))\s*$/.exec(text) ?? [];
  return said === undefined ? [] : [{ kind: 'end-number', said: said.replaceAll(/\s/g, '') }];
}

const maxWordsLength = 40;

function weightFacts(text: string, steps: number): readonly PromptFact[] {
  const first = promptParts(text, steps).map(({ schedule }) => schedule[0]!.text);
  const sections = first.flatMap((part) => parsePromptWeights(part));
  const pieces = sections.flat();
  const weighed = pieces.filter((piece) => piece.weight !== 1 && piece.text.trim() !== '');
  const words = weighed.filter((piece) => !isBreak(piece.text));
  const breaks = sections.length - first.length;
  return [
    ...(breaks > 0 ? [{ kind: 'sections' as const, count: breaks + 1 }] : []),
    ...words.map((piece): PromptFact => ({
      kind: 'weight',
      words: shortened(piece.text.trim()),
      weight: Number(piece.weight.toFixed(3)),
    })),
    ...(weighed.length > words.length ? [{ kind: 'break-in-brackets' as const }] : []),
    ...(first.some(isLeftOpen) ? [{ kind: 'open-bracket' as const }] : []),
  ];
}

const isBreak = (text: string) => text === 'BREAK';
const shortened = (words: string) =>
  words.length > maxWordsLength ? `${words.slice(0, maxWordsLength - 1).trimEnd()}…` : words;

function isLeftOpen(text: string): boolean {
  const open = { '(': 0, '[': 0 };
  for (const [sign] of text.matchAll(/\\.|[()[\]]/g)) {
    if (sign === '(' || sign === '[') open[sign]++;
    else if (sign === ')') open['('] = Math.max(0, open['('] - 1);
    else if (sign === ']') open['['] = Math.max(0, open['['] - 1);
  }
  return open['('] + open['['] > 0;
}
