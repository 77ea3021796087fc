/**
 * The text form in which AUTOMATIC1111's web UI writes down how a picture was made, and which many tools read:
 *
 *     a cute robot
 *     Negative prompt: blurry
 *     Steps: 25, Sampler: DPM++ 2M, CFG scale: 7, Seed: 42, Size: 512x512, Model: tiny-sd, Version: …
 */
import { samplerFromName, samplerName } from './sampler-names.ts';
import type { ImageRecipe } from './recipe.ts';
import type { ImageSettings } from './settings.ts';

/** What a text could tell; anything may be missing. */
export interface RestoredSettings {
  readonly settings: Partial<ImageSettings>;
  /** A name for people (`tiny-sd`, `v1-5-pruned`), not necessarily an id of ours. */
  readonly modelName?: string;
  /** Denoising strength, when the picture was made from another one. */
  readonly strength?: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const negativeMark = 'Negative prompt:';
const settingPattern = /(\w[\w \-/]{1,60}):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)/g;
const minPairs = 3;
const maxTextLength = 1_000_000;

/** A prompt that the form cannot hold as it is (it has a line `Negative prompt: …`, or outer blanks) is repeated in quotes. */
const exactKeys = { prompt: 'Exact prompt', negativePrompt: 'Exact negative prompt' } as const;

export function formatParameters(recipe: ImageRecipe): string {
  const { settings, model, source, app } = recipe;
  const pairs = [
    ['Steps', settings.steps],
    ['Sampler', samplerName(settings.sampler)],
    ['CFG scale', settings.guidanceScale],
    ['Seed', settings.seed],
    ['Size', `${settings.width}x${settings.height}`],
    ['Model', model.id],
    ...(source ? [['Denoising strength', source.strength]] : []),
    ['Version', app],
  ].map(([key, value]) => `${key}: ${quote(String(value))}`);
  const read = parseParameters(layOut(settings, pairs)).settings;
  for (const key of ['prompt', 'negativePrompt'] as const) {
    if ((read[key] ?? '') !== settings[key]) {
      pairs.push(`${exactKeys[key]}: ${JSON.stringify(settings[key])}`);
    }
  }
  return layOut(settings, pairs);
}

function layOut({ prompt, negativePrompt }: ImageSettings, pairs: readonly string[]): string {
  const negative = negativePrompt === '' ? [] : [`${negativeMark} ${negativePrompt}`];
  return [prompt, ...negative, pairs.join(', ')].join('\n');
}

/** Never throws: what cannot be read is left out. The last line is settings only when it holds three pairs or more. */
export function parseParameters(text: string): RestoredSettings {
  if (text.length > maxTextLength) return { settings: {} };
  const lines = text.trim().split('\n');
  const pairs = readPairs(lines.at(-1) ?? '');
  if (pairs.size >= minPairs) lines.pop();
  else pairs.clear();
  // A text with settings is whole: without a negative prompt there was none.
  const unsaid = pairs.size > 0 ? { negativePrompt: '' } : {};
  return readPairsAsSettings({ ...unsaid, ...readPrompts(lines) }, pairs);
}

function readPrompts(lines: readonly string[]): Partial<ImageSettings> {
  const trimmed = lines.map((line) => line.trim());
  const mark = trimmed.findIndex((line) => line.startsWith(negativeMark));
  if (mark < 0) return { prompt: trimmed.join('\n') };
  const negative = [trimmed[mark]!.slice(negativeMark.length).trim(), ...trimmed.slice(mark + 1)];
  return { prompt: trimmed.slice(0, mark).join('\n'), negativePrompt: negative.join('\n') };
}

function readPairs(line: string): Map<string, string> {
  const pairs = [...line.matchAll(settingPattern)];
  return new Map(pairs.map(([, key, value]) => [key!.toLowerCase(), unquote(value!.trim())]));
}

function readPairsAsSettings(
  settings: Partial<Mutable<ImageSettings>>,
  pairs: Map<string, string>,
): RestoredSettings {
  const number = (key: string, ok: (value: number) => boolean): number | undefined => {
    const text = pairs.get(key);
    if (text === undefined || text === '') return undefined;
    const value = Number(text);
    return Number.isFinite(value) && ok(value) ? value : undefined;
  };
  const steps = number('steps', (n) => Number.isInteger(n) && n >= 1 && n <= 150);
  const guidanceScale = number('cfg scale', (n) => n >= 0 && n <= 1000);
  const seed = number('seed', (n) => Number.isSafeInteger(n) && n >= 0);
  const sampler = samplerFromName(pairs.get('sampler') ?? '', pairs.get('schedule type'));
  const strength = number('denoising strength', (n) => n >= 0 && n <= 1);
  const modelName = pairs.get('model');
  if (steps !== undefined) settings.steps = steps;
  if (guidanceScale !== undefined) settings.guidanceScale = guidanceScale;
  if (seed !== undefined) settings.seed = seed;
  if (sampler !== undefined) settings.sampler = sampler;
  Object.assign(settings, readSize(pairs.get('size')));
  for (const key of ['prompt', 'negativePrompt'] as const) {
    const exact = pairs.get(exactKeys[key].toLowerCase());
    if (exact !== undefined) settings[key] = exact;
  }
  return {
    settings,
    ...(modelName === undefined ? {} : { modelName }),
    ...(strength === undefined ? {} : { strength }),
  };
}

function readSize(text: string | undefined): Partial<ImageSettings> {
  const match = /^(\d{1,5})\s*x\s*(\d{1,5})$/.exec(text ?? '');
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  return width > 0 && height > 0 ? { width, height } : {};
}

function quote(value: string): string {
  return /[,:\n]/.test(value) ? JSON.stringify(value) : value;
}

function unquote(value: string): string {
  if (!value.startsWith('"') || !value.endsWith('"')) return value;
  try {
    const read: unknown = JSON.parse(value);
    return typeof read === 'string' ? read : value;
  } catch {
    return value; // Not quoted after all: a value may begin and end with a quotation mark of its own.
  }
}
