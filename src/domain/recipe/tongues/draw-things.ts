/** Draw Things: JSON in XMP's `UserComment` (`c`, `uc`, `scale` …), and the same as a text for people in `description`. */
import type { CarriedText } from '../carried.ts';
import { isObject, listOf, parseJsonObject, type JsonObject } from '../lenient-json.ts';
import { createTeller, toNumber, type RestoredSettings, type Teller } from '../told.ts';

export function readDrawThings(texts: readonly CarriedText[]): RestoredSettings | null {
  const data = texts
    .map(({ text }) => parseJsonObject(text))
    .find((found) => found && 'c' in found && 'uc' in found);
  if (data) return tellJson(data);
  const line = texts
    .map(({ text }) =>
      /^([^]*?)(?:\n-([^\n]*))?\n(Steps: \d+, Sampler: .*Guidance Scale: .*)$/.exec(text.trim()),
    )
    .find((match) => match !== null);
  return line ? tellText(line) : null;
}

function tellJson(data: JsonObject): RestoredSettings | null {
  const teller = createTeller('Draw Things');
  teller.prompt(data['c']);
  teller.prompt(data['uc'], 'negativePrompt');
  teller.steps(data['steps']);
  teller.guidance(data['scale']);
  teller.seed(data['seed']);
  tellSize(teller, data['size']);
  teller.sampler(data['sampler']);
  teller.model(data['model']);
  tellSeedMode(teller, data['seed_mode']);
  tellStrength(teller, data['strength']);
  teller.names(
    'lora',
    listOf(data['lora']).map((lora) =>
      isObject(lora) ? (lora['model'] ?? lora['file'] ?? lora['name']) : lora,
    ),
  );
  if (listOf(data['control']).length > 0) teller.note({ kind: 'control-net' });
  if (isObject(data['v2']) && data['v2']['hiresFix'] === true)
    teller.note({ kind: 'second-pass', how: 'High resolution fix' });
  return teller.done();
}

function tellText([, prompt, negative, settings]: RegExpExecArray): RestoredSettings | null {
  const teller = createTeller('Draw Things');
  const pairs = new Map(
    [...settings!.matchAll(/([A-Z][\w -]*): ([^,]*)/g)].map(([, key, value]) => [key!, value!.trim()]),
  );
  teller.prompt(prompt);
  teller.prompt(negative ?? '', 'negativePrompt');
  teller.steps(pairs.get('Steps'));
  teller.guidance(pairs.get('Guidance Scale'));
  teller.seed(pairs.get('Seed'));
  tellSize(teller, pairs.get('Size'));
  teller.sampler(pairs.get('Sampler'));
  teller.model(pairs.get('Model'));
  tellSeedMode(teller, pairs.get('Seed Mode'));
  tellStrength(teller, pairs.get('Strength'));
  return teller.done();
}

function tellSize(teller: Teller, size: unknown): void {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(String(size)) ?? [];
  teller.size(width, height);
}

/** At 1 nothing of a source is left: a picture from words alone says 1 too. */
function tellStrength(teller: Teller, strength: unknown): void {
  if ((toNumber(strength) ?? 1) < 1) teller.strength(strength);
}

const sources = new Map([
  ['NVIDIA GPU Compatible', 'nvidia'],
  ['Torch CPU Compatible', 'torch-cpu'],
] as const);

function tellSeedMode(teller: Teller, mode: unknown): void {
  const source = sources.get(mode as 'NVIDIA GPU Compatible');
  if (source) teller.noise(source);
  else if (typeof mode === 'string') teller.note({ kind: 'noise', said: mode });
}
