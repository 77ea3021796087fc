/** What two pictures were made with, side by side, only where it differs. */
import { samplerName } from '../../../domain/recipe/sampler-names.ts';
import type { ImageRecipe } from '../../../domain/recipe/recipe.ts';
import type { Variation } from '../../../domain/diffusion/variation.ts';
import type { Words } from '../../words/words.ts';

export interface Difference {
  readonly label: string;
  readonly values: readonly [string, string];
}

function facts({
  common,
  picture,
  gallery,
  format,
}: Words): readonly (readonly [string, (recipe: ImageRecipe) => string])[] {
  const { facts: names } = gallery;
  return [
    [names.prompt, ({ settings }) => settings.prompt],
    [common.negativePrompt, ({ settings }) => settings.negativePrompt],
    [common.seed, ({ settings }) => format.plain(settings.seed)],
    [
      picture.variation,
      ({ settings: { variation } }) => (variation ? variationWords(format, variation) : '–'),
    ],
    [common.steps, ({ settings }) => format.number(settings.steps)],
    [common.guidance, ({ settings }) => format.number(settings.guidanceScale)],
    [common.sampler, ({ settings: { sampler } }) => samplerWords(common, sampler)],
    [common.speed, ({ settings: { speed = 'exact' } }) => common.speeds[speed]],
    [common.size, ({ settings }) => format.size(settings.width, settings.height)],
    [names.model, ({ model }) => model.id],
    [names.revision, ({ model }) => model.revision],
    [names.source, ({ source }) => (source ? names.sourceStrength(source.strength) : names.noSource)],
  ];
}

const variationWords = (format: Words['format'], { seed, strength }: Variation) =>
  `${format.plain(seed)} · ${format.number(strength)}`;

/** Samplers are called by their names everywhere; only the model's own choice has words. */
export const samplerWords = (
  { samplerOfModel }: Pick<Words['common'], 'samplerOfModel'>,
  sampler: Parameters<typeof samplerName>[0],
) => (sampler === 'model' ? samplerOfModel : samplerName(sampler));

export function recipeDifferences(words: Words, first: ImageRecipe, second: ImageRecipe): Difference[] {
  return facts(words)
    .map(([label, read]) => ({ label, values: [read(first), read(second)] as const }))
    .filter(({ values: [a, b] }) => a !== b);
}
