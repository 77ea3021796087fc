/** What two pictures were made with, side by side, only where it differs. */
import { samplerName } from '../../../domain/recipe/sampler-names.ts';
import type { ImageRecipe } from '../../../domain/recipe/recipe.ts';

export interface Difference {
  readonly label: string;
  readonly values: readonly [string, string];
}

const facts: readonly (readonly [string, (recipe: ImageRecipe) => string])[] = [
  ['Prompt', ({ settings }) => settings.prompt],
  ['Negative prompt', ({ settings }) => settings.negativePrompt],
  ['Seed', ({ settings }) => String(settings.seed)],
  ['Steps', ({ settings }) => String(settings.steps)],
  ['Guidance', ({ settings }) => String(settings.guidanceScale)],
  ['Sampler', ({ settings }) => samplerName(settings.sampler)],
  ['Size', ({ settings }) => `${settings.width} × ${settings.height}`],
  ['Model', ({ model }) => model.id],
  ['Model revision', ({ model }) => model.revision],
  ['Began from a picture', ({ source }) => (source ? `yes, strength ${source.strength}` : 'no')],
];

export function recipeDifferences(first: ImageRecipe, second: ImageRecipe): Difference[] {
  return facts
    .map(([label, read]) => ({ label, values: [read(first), read(second)] as const }))
    .filter(({ values: [a, b] }) => a !== b);
}
