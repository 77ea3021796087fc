/**
 * Many prompts at once, one a line, as AUTOMATIC1111's script "Prompts from file or textbox" reads them: a line is a prompt, or options such
 * as `--prompt "a cat" --steps 20` (https://github.com/AUTOMATIC1111/stable-diffusion-webui/blob/master/scripts/prompts_from_file.py).
 */
import type { ImageSettings } from '../diffusion/image-settings.ts';
import { createTeller, type ToldField } from './told.ts';

export interface ListedPrompt {
  /** What the line says; the rest is as at the page. */
  readonly settings: Partial<ImageSettings>;
  readonly count: number;
  /** Options that mean nothing here, as they were written: `--tiling`. */
  readonly unknown: readonly string[];
  /** Fields with what could not be read. */
  readonly unreadable: Readonly<Partial<Record<ToldField, string>>>;
}

const maxListedPrompts = 1000;

/** Empty lines are none. At most `maxListedPrompts`. */
export const readPromptList = (text: string): readonly ListedPrompt[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, maxListedPrompts)
    .map(readLine);

function readLine(line: string): ListedPrompt {
  if (!line.startsWith('--')) return { settings: { prompt: line }, count: 1, unknown: [], unreadable: {} };
  const options = readOptions(line);
  const teller = createTeller('');
  const get = (name: string) => options.get(name);
  teller.prompt(get('prompt') ?? '');
  teller.prompt(get('negative_prompt'), 'negativePrompt');
  teller.steps(get('steps'));
  teller.guidance(get('cfg_scale'));
  teller.seed(get('seed'));
  teller.size(get('width'), get('height'));
  teller.sampler(get('sampler_name') ?? get('sampler'), get('scheduler'));
  const told = teller.done();
  const unknown = [...options.keys()].filter((name) => !known.has(name)).map((name) => `--${name}`);
  const count = Number(get('n_iter') ?? 1);
  return {
    settings: told?.settings ?? { prompt: '' },
    count: Number.isInteger(count) && count >= 1 ? count : 1,
    unknown,
    unreadable: told?.unreadable ?? {},
  };
}

const known = new Set([
  ...['prompt', 'negative_prompt', 'steps', 'cfg_scale', 'seed', 'width', 'height', 'n_iter'],
  ...['sampler_name', 'sampler', 'scheduler'],
]);

const option = /--([A-Za-z_]\w*)(?:\s+("(?:\\.|[^"\\])*"|'[^']*'|(?!--)\S+))?/g;

/** The prompt needs no quotes where no other option follows its first word. */
function readOptions(line: string): ReadonlyMap<string, string> {
  return new Map(
    [...line.matchAll(option)].map(([, name, value = '']) => [name!.toLowerCase(), unquote(value)]),
  );
}

function unquote(value: string): string {
  if (/^'.*'$/.test(value)) return value.slice(1, -1);
  return /^".*"$/.test(value) ? value.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : value;
}
