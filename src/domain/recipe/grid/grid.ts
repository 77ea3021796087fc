/** One or two axes over any setting: from what was written to the settings of every cell. */
import type { ImageSettings } from '../../diffusion/image-settings.ts';
import { readPromptLoras, withLora } from '../../diffusion/prompt/prompt-loras.ts';
import { samplerIds, type SamplerId } from '../../diffusion/samplers/choices.ts';
import { isWithin, limits } from '../../limits.ts';
import { samplerName } from '../sampler-names.ts';
import { readNumbers, readParts } from './axis-values.ts';

/**
 * `prompt`: the first text is looked for in both prompts, and each takes its place ("Prompt S/R"). `lora`: the name, a colon, then weights.
 */
export const axisKinds = ['prompt', 'seed', 'steps', 'guidanceScale', 'sampler', 'lora', 'model'] as const;
export type AxisKind = (typeof axisKinds)[number];

export interface GridAxis {
  readonly kind: AxisKind;
  /** As it was written. */
  readonly text: string;
}

interface GridModel {
  readonly id: string;
  readonly name: string;
}

export interface GridBase {
  readonly settings: ImageSettings;
  /** Those that can be named. */
  readonly models: readonly GridModel[];
  /** Id of the one in use. */
  readonly model: string;
}

export interface Cell {
  readonly settings: ImageSettings;
  readonly model: string;
}

export interface AxisValue {
  readonly label: string;
  readonly change: (cell: Cell) => Cell;
}

export type AxisProblem =
  | { readonly kind: 'empty' }
  /** The first text of a search and replace is in neither prompt. */
  | { readonly kind: 'not-found'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly text: string }
  | { readonly kind: 'outside'; readonly value: number; readonly min: number; readonly max: number };

export type ReadAxis = { readonly values: readonly AxisValue[] } | { readonly problem: AxisProblem };

const numeric = {
  seed: limits.seed,
  steps: limits.steps,
  guidanceScale: limits.guidanceScale,
} as const;

export function readAxis(axis: GridAxis, base: GridBase): ReadAxis {
  const parts = readParts(axis.text);
  if (parts.length === 0) return { problem: { kind: 'empty' } };
  switch (axis.kind) {
    case 'prompt':
      return replacing(parts, base.settings);
    case 'seed':
    case 'steps':
    case 'guidanceScale':
      return numbers(parts, axis.kind);
    case 'sampler':
      return named(parts, samplerNamed, (sampler) => ({
        label: samplerName(sampler),
        change: (cell) => withSettings(cell, { sampler }),
      }));
    case 'model':
      return named(
        parts,
        (name) => base.models.find((model) => alike(model.name, name) || alike(model.id, name)),
        (model) => ({ label: model.name, change: (cell) => ({ ...cell, model: model.id }) }),
      );
    case 'lora':
      return weights(axis.text);
  }
}

const withSettings = (cell: Cell, change: Partial<ImageSettings>): Cell => ({
  ...cell,
  settings: { ...cell.settings, ...change },
});

function replacing(parts: readonly string[], { prompt, negativePrompt }: ImageSettings): ReadAxis {
  const [sought] = parts as [string];
  if (!prompt.includes(sought) && !negativePrompt.includes(sought)) {
    return { problem: { kind: 'not-found', text: sought } };
  }
  const values = parts.map((text) => ({
    label: text,
    change: (cell: Cell) =>
      withSettings(cell, {
        prompt: cell.settings.prompt.replaceAll(sought, () => text),
        negativePrompt: cell.settings.negativePrompt.replaceAll(sought, () => text),
      }),
  }));
  return { values };
}

function numbers(parts: readonly string[], kind: keyof typeof numeric): ReadAxis {
  const values: AxisValue[] = [];
  for (const part of parts) {
    const found = readNumbers(part, kind !== 'guidanceScale');
    if (!found) return { problem: { kind: 'unreadable', text: part } };
    for (const value of found) {
      if (!isWithin(value, numeric[kind])) return { problem: { kind: 'outside', value, ...numeric[kind] } };
      values.push({ label: String(value), change: (cell) => withSettings(cell, { [kind]: value }) });
    }
  }
  return values.length > 0 ? { values } : { problem: { kind: 'empty' } };
}

function named<T>(
  parts: readonly string[],
  find: (name: string) => T | undefined,
  valueOf: (found: T) => AxisValue,
): ReadAxis {
  const values: AxisValue[] = [];
  for (const part of parts) {
    const found = find(part);
    if (found === undefined) return { problem: { kind: 'unreadable', text: part } };
    values.push(valueOf(found));
  }
  return { values };
}

const plain = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, '');
const alike = (a: string, b: string) => plain(a) === plain(b);

const samplerNamed = (name: string): SamplerId | undefined =>
  samplerIds.find((id) => alike(id, name) || alike(samplerName(id), name));

function weights(text: string): ReadAxis {
  const [, name = '', list = ''] = /^\s*([^:]+):(.*)$/s.exec(text) ?? [];
  const parts = readParts(list);
  if (parts.length === 0) return { problem: { kind: 'unreadable', text: text.trim() } };
  const values: AxisValue[] = [];
  for (const part of parts) {
    const found = readNumbers(part, false);
    if (!found) return { problem: { kind: 'unreadable', text: part } };
    for (const weight of found) values.push(weighted(name.trim(), weight));
  }
  return { values };
}

/** The LoRA is called with this weight, in place of the one that the prompt gives it. */
function weighted(name: string, weight: number): AxisValue {
  const change = (cell: Cell) => {
    const { prompt } = cell.settings;
    const used = readPromptLoras(prompt).loras.find((lora) => lora.name === name);
    const lora = { ...used, name, unetWeight: weight, textWeight: weight };
    return withSettings(cell, { prompt: withLora(prompt, lora) });
  };
  return { label: `${name}: ${weight}`, change };
}

/** Row by row. Without rows there is one. */
export function gridCells(
  columns: readonly AxisValue[],
  rows: readonly AxisValue[],
  { settings, model }: GridBase,
): readonly Cell[] {
  const begun =
    rows.length > 0 ? rows.map(({ change }) => change({ settings, model })) : [{ settings, model }];
  return begun.flatMap((cell) => columns.map(({ change }) => change(cell)));
}
