/** Our recipes in the text form of AUTOMATIC1111's web UI (`tongues/a1111.ts`), which many tools read. */
import type { ExtraKind, UsedExtra } from '../model/extra.ts';
import type { ImageRecipe } from './recipe.ts';
import { passPairs, type Pair } from './pass-pairs.ts';
import { webUiSampler } from './sampler-names.ts';
import type { ImageSettings } from '../diffusion/image-settings.ts';
import { exactKeys, readBarePrompt, readWebUi } from './tongues/a1111.ts';
import type { RestoredSettings } from './told.ts';

export function formatParameters(recipe: ImageRecipe): string {
  const { settings, model, app, extras = [] } = recipe;
  const pairs: Pair[] = [
    ['Steps', settings.steps],
    ...samplerPairs(settings),
    ['CFG scale', settings.guidanceScale],
    ['Seed', settings.seed],
    ...variationPairs(settings),
    ['Size', `${settings.width}x${settings.height}`],
    ['Model', model.id],
    ...passPairs(recipe),
    ['RNG', settings.noise === 'nvidia' ? 'NV' : 'CPU'],
    ...(settings.speed === 'fast' ? [['Speed', settings.speed] as const] : []),
    ...(settings.vae === undefined ? [] : [['VAE', settings.vae] as const]),
    ...(settings.clipSkip === undefined ? [] : [['Clip skip', settings.clipSkip] as const]),
    ...hashPair('Lora hashes', extras, 'lora'),
    ...hashPair('TI hashes', extras, 'embedding'),
    ['Version', app],
  ];
  return withExact(
    settings,
    pairs.map(([key, value]) => `${key}: ${quote(String(value))}`),
  );
}

/** `Lora hashes: "ink: 0123456789ab, old: …"` */
function hashPair(key: string, extras: readonly UsedExtra[], kind: ExtraKind): readonly Pair[] {
  const known = extras.filter((extra) => extra.kind === kind && extra.hash !== '');
  return known.length > 0 ? [[key, known.map(({ name, hash }) => `${name}: ${hash}`).join(', ')]] : [];
}

function variationPairs({ variation }: ImageSettings): readonly Pair[] {
  return variation
    ? [
        ['Variation seed', variation.seed],
        ['Variation seed strength', variation.strength],
      ]
    : [];
}

function samplerPairs({ sampler, schedule }: ImageSettings): readonly Pair[] {
  const known = webUiSampler(sampler, schedule);
  return known
    ? [
        ['Sampler', known.sampler],
        ['Schedule type', known.scheduleType],
      ]
    : [];
}

/** What does not come back from the form as it went in is repeated in quotes. */
function withExact(settings: ImageSettings, pairs: readonly string[]): string {
  const read: RestoredSettings['settings'] = parseParameters(layOut(settings, pairs))?.settings ?? {};
  const exact = (['prompt', 'negativePrompt', 'sampler'] as const)
    .filter((key) => (read[key] ?? '') !== settings[key])
    .map((key) => `${exactKeys[key]}: ${JSON.stringify(settings[key])}`);
  return layOut(settings, [...pairs, ...exact]);
}

function layOut({ prompt, negativePrompt }: ImageSettings, pairs: readonly string[]): string {
  const negative = negativePrompt === '' ? [] : [`Negative prompt: ${negativePrompt}`];
  return [prompt, ...negative, pairs.join(', ')].join('\n');
}

export function parseParameters(text: string): RestoredSettings | null {
  const texts = [{ key: 'parameters', text }];
  return readWebUi(texts) ?? readBarePrompt(texts);
}

function quote(value: string): string {
  return /[,:\n]/.test(value) ? JSON.stringify(value) : value;
}
