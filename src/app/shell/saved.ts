/** What outlives the visit: draft, preferences and measured times, in one record with a version. */
import { speeds } from '../../domain/diffusion/fast/speeds.ts';
import { noiseSources } from '../../domain/diffusion/noise-source.ts';
import { scheduleIds } from '../../domain/diffusion/samplers/schedule-ids.ts';
import type { Draft } from '../picture/draft.ts';
import { languageChoices } from '../words/languages.ts';
import type { TextStorage } from '../base/text-storage.ts';
import { isWithin, limits } from '../../domain/limits.ts';
import {
  backendChoices,
  defaultPreferences,
  notifyChoices,
  pictureFormats,
  themes,
  type Preferences,
} from '../base/preferences.ts';
import type { Timings } from '../making/timings.ts';
import { localKeys } from '../../engine/stored-names.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import { samplerIds } from '../../domain/diffusion/samplers/choices.ts';

export interface Saved {
  readonly draft: Partial<Draft>;
  readonly preferences: Preferences;
  readonly timings: Timings;
  /** Stored models, so that the chosen one is there at once when the page opens; the library itself is in IndexedDB. */
  readonly models: readonly ModelEntry[];
  readonly modelId: string | null;
}

const savedVersion = 1;

/** What cannot be read is left out: a damaged record never keeps the page from starting. */
export function loadSaved(storage: TextStorage): Saved {
  const record = readRecord(storage);
  const known = record['version'] === savedVersion ? record : {};
  return {
    draft: pickDraft(asObject(known['draft'])),
    preferences: pickPreferences(asObject(known['preferences'])),
    timings: pickTimings(asObject(known['paces'])),
    models: pickModels(known['models']),
    modelId: typeof known['modelId'] === 'string' ? known['modelId'] : null,
  };
}

/** Leaves the record of a later version of the app alone. */
export function storeSaved(storage: TextStorage, saved: Saved): void {
  const { version } = readRecord(storage) as { version?: unknown };
  if (typeof version === 'number' && version > savedVersion) return;
  try {
    const { timings: paces, ...others } = saved;
    storage.setItem(localKeys.page, JSON.stringify({ version: savedVersion, ...others, paces }));
  } catch {
    // Storage is full or forbidden (a private window): the settings live for this visit, which is what such a window asks for.
  }
}

function readRecord(storage: TextStorage): Record<string, unknown> {
  try {
    return asObject(JSON.parse(storage.getItem(localKeys.page) ?? '{}'));
  } catch {
    return {}; // Damaged or forbidden: begin anew.
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown) => typeof value === 'boolean';
const isOneOf = (list: readonly string[]) => (value: unknown) => list.includes(value as string);

function isHires(value: unknown): boolean {
  const { scale, steps, strength, upscaler } = asObject(value);
  const kind = asObject(upscaler)['kind'];
  return [scale, steps, strength].every(isNumber) && isOneOf(['lanczos', 'latent', 'network'])(kind);
}

const draftChecks: Record<keyof Draft, (value: unknown) => boolean> = {
  prompt: isText,
  negativePrompt: isText,
  steps: isNumber,
  guidanceScale: isNumber,
  seed: isNumber,
  width: isNumber,
  height: isNumber,
  sampler: isOneOf(['model', ...samplerIds]),
  schedule: isOneOf(scheduleIds),
  vae: isText,
  clipSkip: isNumber,
  noise: isOneOf(noiseSources),
  speed: isOneOf(speeds),
  variation: (value) => isNumber(asObject(value)['seed']) && isNumber(asObject(value)['strength']),
  hires: isHires,
  seedLocked: isFlag,
  count: isNumber,
  strength: isNumber,
};

const preferenceChecks: Record<keyof Preferences, (value: unknown) => boolean> = {
  language: isOneOf(languageChoices),
  theme: isOneOf(themes),
  backend: isOneOf(backendChoices),
  advancedOpen: isFlag,
  saveFormat: isOneOf(pictureFormats),
  notify: isOneOf(notifyChoices),
  sound: isFlag,
  saveQualityPercent: (value) => isNumber(value) && isWithin(value as number, limits.qualityPercent),
  hubUrl: (value) => isText(value) && /^https?:\/\/[^/]+$/.test(value),
};

function pick<T>(
  data: Record<string, unknown>,
  checks: Record<keyof T & string, (value: unknown) => boolean>,
) {
  const names = Object.keys(checks) as (keyof T & string)[];
  const good = names.filter((name) => checks[name](data[name]));
  return Object.fromEntries(good.map((name) => [name, data[name]])) as Partial<T>;
}

const pickDraft = (data: Record<string, unknown>) => pick<Draft>(data, draftChecks);

const pickPreferences = (data: Record<string, unknown>): Preferences => ({
  ...defaultPreferences,
  ...pick<Preferences>(data, preferenceChecks),
});

function pickTimings(data: Record<string, unknown>): Timings {
  const good = Object.entries(data).filter(([, value]) => {
    const { stepMs, decodeMs } = asObject(value);
    return isNumber(stepMs) && isNumber(decodeMs);
  });
  return Object.fromEntries(good) as Timings;
}

function pickModels(data: unknown): readonly ModelEntry[] {
  return (Array.isArray(data) ? data : []).filter(isModel);
}

const isTextList = (value: unknown) => Array.isArray(value) && value.every(isText);

function isModel(data: unknown): data is ModelEntry {
  const { ref, card } = asObject(data);
  const { id, revision, source } = asObject(ref);
  const { name, description, licence, defaults, sizeMultiple, examples } = asObject(card);
  const { sampler, ...numbers } = asObject(defaults);
  return (
    [id, revision, name, description, licence].every(isText) &&
    asObject(source)['kind'] === 'stored' &&
    isOneOf(['model', ...samplerIds])(sampler) &&
    ['steps', 'guidanceScale', 'width', 'height'].every((key) => isNumber(numbers[key])) &&
    isNumber(sizeMultiple) &&
    isTextList(examples)
  );
}
