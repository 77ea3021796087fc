/**
 * What this page reads in broken texts against what AUTOMATIC1111's own readers make of them (`e2e/golden/web-ui-readings.json`): of each text
 * a digest of that program's reading, and where ours differs the whole reading. Each difference must have a reason that its text shows.
 */
import { createHash } from 'node:crypto';
import { parsePromptWeights } from '../domain/diffusion/prompt/prompt-weighting.ts';
import { promptParts } from '../domain/diffusion/prompt/prompt-parts.ts';
import { schedulePrompt } from '../domain/diffusion/prompt/prompt-schedule.ts';
import { readTold } from '../domain/recipe/read-told.ts';
import type { RestoredSettings } from '../domain/recipe/told.ts';
import { brokenPrompt, brokenWebUiText } from './broken-texts.ts';
import { goldenJson } from './golden.ts';

/** Of a recipe: what it sets, each as text; null where it says nothing that could be drawn. */
export interface TextReading {
  readonly prompt: string;
  readonly negative: string;
  readonly steps: string | null;
  readonly guidance: string | null;
  readonly seed: string | null;
  readonly size: string | null;
  readonly hasSampler: boolean;
}

type Pair = readonly [text: string, weight: number];

/** Of a prompt: its texts up to each step, the pieces of its text with their weights, section by section, and the weights of its parts. */
export interface PromptReading {
  readonly schedule: readonly (readonly [untilStep: number, text: string])[];
  readonly sections: readonly (readonly Pair[])[];
  readonly parts: readonly number[];
}

const textCount = 30_000;
const promptCount = 20_073;
const promptSteps = 10;
const digestLength = 4;

export const brokenTexts = (): readonly string[] =>
  Array.from({ length: textCount }, (_, at) => brokenWebUiText(at + 1));

export function brokenPrompts(): readonly string[] {
  const found = new Set<string>();
  for (let seed = 1; found.size < promptCount; seed++) found.add(brokenPrompt(seed));
  return [...found];
}

/** Base64 letters of a hash: 24 bits. */
export const digest = (reading: TextReading | PromptReading): string =>
  createHash('sha256').update(JSON.stringify(reading)).digest('base64').slice(0, digestLength);

export function ourText(text: string): {
  readonly told: RestoredSettings | null;
  readonly reading: TextReading;
} {
  const told = readTold([{ key: 'parameters', text }]);
  const {
    prompt = '',
    negativePrompt = '',
    steps,
    guidanceScale,
    seed,
    width,
    height,
    sampler,
  } = told?.settings ?? {};
  const size = width === undefined || height === undefined ? null : `${width}x${height}`;
  const hasSampler = sampler !== undefined || told?.unreadable.sampler !== undefined;
  return {
    told,
    reading: {
      ...{
        prompt,
        negative: negativePrompt,
        steps: said(steps),
        guidance: said(guidanceScale),
        seed: said(seed),
      },
      ...{ size, hasSampler },
    },
  };
}

const said = (value: number | undefined) => (value === undefined ? null : String(value));

export const ourPrompt = (prompt: string): PromptReading => ({
  schedule: schedulePrompt(prompt, promptSteps).map(({ untilStep, text }) => [untilStep, text]),
  sections: parsePromptWeights(prompt).map((section) =>
    section.filter(({ text }) => text !== '').map(({ text, weight }) => [text, Number(weight.toFixed(6))]),
  ),
  parts: promptParts(prompt, promptSteps).map(({ weight }) => weight),
});

/** Why a field of ours may differ; undefined: it may not. */
type Reason = (text: string, ours: ReturnType<typeof ourText>, theirs: TextReading) => string | undefined;

const lowBits = (seed: string) => String(BigInt(seed) & 0xffff_ffffn);

const fieldReasons: Readonly<Record<keyof TextReading, Reason>> = {
  prompt: () => undefined,
  negative: (_, { reading }, { negative }) =>
    reading.negative === negative.trim()
      ? 'blanks at the end of a negative prompt within the settings go'
      : undefined,
  steps: (_, { told }) => toldAs(told?.unreadable.steps),
  guidance: (_, { told }) => toldAs(told?.unreadable.guidanceScale),
  seed: (_, { told, reading }, { seed }) => {
    if (seed === '-1' && reading.seed === null) return 'a seed of -1 leaves it to chance: none is set';
    const isLong = seed !== null && Number(seed) > Number.MAX_SAFE_INTEGER;
    if (isLong && lowBits(seed) === reading.seed)
      return 'a seed beyond 2^53 is set to its low 32 bits, which are all that the noise is made of';
    return toldAs(told?.unreadable.seed);
  },
  size: (text, { told, reading }) => {
    const [width, height] = reading.size?.split('x') ?? [];
    if (width !== undefined && new RegExp(`Size:\\s*${width}\\s*x\\s*${height}\\b`).test(text))
      return 'a size with a space in it is read';
    return toldAs(told?.unreadable.width ?? told?.unreadable.height);
  },
  hasSampler: () => undefined,
};

const toldAs = (value: string | undefined) =>
  value === undefined ? undefined : 'a number that cannot be drawn is named, and left at its default';

const settingsLine = /^Steps: \d+,/m;
const hasSettings = ({ steps, guidance, seed, size, hasSampler }: TextReading) =>
  hasSampler || [steps, guidance, seed, size].some((value) => value !== null);

/** Reasons that concern the text as a whole. */
function wholeReason(text: string, { told, reading }: ReturnType<typeof ourText>, theirs: TextReading) {
  if (told === null && /^\s*\{/.test(text))
    return 'a text that begins as JSON is no recipe of A1111: nothing is set';
  if (hasSettings(theirs)) return undefined;
  if (hasSettings(reading) && settingsLine.test(text))
    return 'the line of settings was wrapped, or something stands below it: it is read, not drawn as words';
  const lastLine = text.trim().split('\n').at(-1)!.trim();
  const kept = `${reading.prompt}\n${reading.negative}`;
  if (!hasSettings(reading) && kept.includes(lastLine))
    return 'three weights are no settings: the last line stays a part of the prompt';
  return undefined;
}

/** Of each field that differs; undefined for one without a reason. */
function textReasons(text: string, theirs: TextReading): readonly (string | undefined)[] {
  const ours = ourText(text);
  const whole = wholeReason(text, ours, theirs);
  const differing = (Object.keys(fieldReasons) as (keyof TextReading)[]).filter(
    (field) => ours.reading[field] !== theirs[field],
  );
  if (whole !== undefined) return [whole];
  return [...new Set(differing.map((field) => fieldReasons[field](text, ours, theirs)))];
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function promptReasons(prompt: string, theirs: PromptReading): readonly (string | undefined)[] {
  const ours = ourPrompt(prompt);
  return [
    ...(same(ours.sections, theirs.sections) ? [] : [undefined]),
    ...(same(ours.schedule, theirs.schedule) ? [] : [scheduleReason(prompt)]),
    ...(same(ours.parts, theirs.parts) ? [] : [partsReason(ours, theirs)]),
  ];
}

const groups = /\\.|\[[^[\]()|\\]*\]|\([^[\]()|\\]*\)/g;

/** With whole groups taken out, from the innermost, brackets are left over. */
function scheduleReason(prompt: string): string | undefined {
  let left = prompt;
  for (let before = ''; before !== left;) {
    before = left;
    left = left.replaceAll(groups, '').replaceAll(/\[[^[\]()\\]*\]/g, '');
  }
  return /[[\]()]/.test(left)
    ? 'brackets are left over: which group A1111 then takes for single signs hangs on its parser’s search'
    : undefined;
}

const partsReason = (ours: PromptReading, theirs: PromptReading) =>
  same(ours.parts, [1]) && theirs.parts.length === 1
    ? 'a number at the end of a prompt without AND (`at 9:45`) stays text; the page says so under the prompt'
    : undefined;

/** Their whole readings, of texts and prompts that are read differently here, by place. */
export interface WebUiReadings {
  readonly about: string;
  readonly textDigests: string;
  readonly promptDigests: string;
  readonly texts: Readonly<Record<string, TextReading>>;
  readonly prompts: Readonly<Record<string, PromptReading>>;
}

interface Difference {
  readonly text: string;
  /** Undefined: nobody knows why. */
  readonly reasons: readonly (string | undefined)[];
}

/** Of all broken texts, or of all broken prompts; or of each so-manieth and all that are known to differ. */
export function differences(kind: 'texts' | 'prompts', every = 1): readonly Difference[] {
  const golden = goldenJson<WebUiReadings>('web-ui-readings.json');
  return kind === 'texts'
    ? differing(
        every,
        brokenTexts(),
        golden.textDigests,
        golden.texts,
        (text) => ourText(text).reading,
        textReasons,
      )
    : differing(every, brokenPrompts(), golden.promptDigests, golden.prompts, ourPrompt, promptReasons);
}

function differing<Reading extends TextReading | PromptReading>(
  every: number,
  texts: readonly string[],
  digests: string,
  readings: Readonly<Record<string, Reading>>,
  read: (text: string) => Reading,
  reasons: (text: string, theirs: Reading) => readonly (string | undefined)[],
): readonly Difference[] {
  return texts.flatMap((text, at) => {
    if (at % every > 0 && !readings[at]) return [];
    if (digest(read(text)) === digests.slice(at * digestLength, (at + 1) * digestLength)) return [];
    const theirs = readings[at];
    return [{ text, reasons: theirs ? reasons(text, theirs) : [undefined] }];
  });
}
