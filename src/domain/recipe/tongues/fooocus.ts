/** Fooocus' own scheme, JSON; its other one is the text of AUTOMATIC1111's web UI. */
import type { CarriedText } from '../carried.ts';
import { isObject, listOf, parseJsonObject, textOf, type JsonObject } from '../lenient-json.ts';
import { createTeller, type RestoredSettings } from '../told.ts';

export function readFooocus(texts: readonly CarriedText[]): RestoredSettings | null {
  const data = texts
    .map(({ text }) => parseJsonObject(text))
    .find((found) => found !== undefined && isFooocus(found));
  return data ? tell(data) : null;
}

const isFooocus = (data: JsonObject) =>
  data['metadata_scheme'] === 'fooocus' ||
  ('base_model' in data && 'prompt' in data && 'performance' in data) ||
  ('Base Model' in data && 'Prompt' in data && 'Performance' in data);

function tell(data: JsonObject): RestoredSettings | null {
  const teller = createTeller('Fooocus');
  // Its log files have the same under labels: `Negative Prompt`.
  const get = (name: string) => data[name] ?? data[label(name)];
  teller.prompt(get('prompt'));
  teller.prompt(get('negative_prompt') ?? '', 'negativePrompt');
  teller.steps(get('steps') ?? stepsOf(get('performance')));
  teller.guidance(get('guidance_scale'));
  teller.seed(get('seed'));
  const [, width, height] = /(\d+)\D+(\d+)/.exec(textOf(get('resolution'))) ?? [];
  teller.size(width, height);
  teller.sampler(get('sampler'), get('scheduler'));
  teller.noise('torch-cpu');
  teller.model(get('base_model'));
  teller.clipSkip(get('clip_skip'));
  teller.names('style', stylesOf(get('styles')));
  teller.names('lora', lorasOf(get('loras'), data));
  if (!['None', '', undefined].includes(get('refiner_model') as string)) teller.note({ kind: 'refiner' });
  return teller.done();
}

const label = (name: string) =>
  name.replaceAll(
    /(^|_)([a-z])/g,
    (_, gap: string, letter: string) => (gap ? ' ' : '') + letter.toUpperCase(),
  );

const stepsOf = (performance: unknown) =>
  ({ Quality: 60, Speed: 30, 'Extreme Speed': 8, Lightning: 4, 'Hyper-SD': 4 })[String(performance)];

/** `"['Fooocus V2', 'Fooocus Sharp']"`: a list as Python shows it. */
function stylesOf(styles: unknown): readonly unknown[] {
  return Array.isArray(styles)
    ? styles
    : [...textOf(styles).matchAll(/'([^']+)'|"([^"]+)"/g)].map(([, a, b]) => a ?? b);
}

function lorasOf(loras: unknown, data: JsonObject): readonly unknown[] {
  const listed = listOf(loras).map((lora) =>
    Array.isArray(lora) ? (lora as unknown[])[0] : isObject(lora) ? lora['name'] : lora,
  );
  const combined = Object.entries(data).filter(([key]) => /^lora_combined_\d+$/.test(key));
  return [...listed, ...combined.map(([, value]) => String(value).split(' : ')[0])];
}
