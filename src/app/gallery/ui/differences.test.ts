import { expect, test } from 'vitest';
import { robotRecipe } from '../../../testing/recipes.ts';
import { recipeDifferences } from './differences.ts';
import { english } from '../../../testing/english.ts';

test('only what differs is listed', () => {
  const other = {
    ...robotRecipe,
    settings: { ...robotRecipe.settings, seed: 43, sampler: 'euler' as const },
    source: { strength: 0.5 },
  };
  expect(recipeDifferences(english, robotRecipe, other)).toEqual([
    { label: 'Seed', values: ['42', '43'] },
    { label: 'Sampler', values: ['DPM++ 2M', 'Euler'] },
    { label: 'Began from a picture', values: ['no', 'yes, strength 0.5'] },
  ]);
  expect(recipeDifferences(english, robotRecipe, robotRecipe)).toEqual([]);
});
