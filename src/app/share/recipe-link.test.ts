import { expect, test } from 'vitest';
import { robotRecipe } from '../../testing/recipes.ts';
import { readRecipeLink, recipeLink } from './recipe-link.ts';

test('a link keeps the place of the app, drops what else is in the address, and brings the recipe back', async () => {
  const link = await recipeLink(robotRecipe, 'https://example.test/sub/index.html?backend=wasm#/gallery');
  expect(link).toMatch(/^https:\/\/example\.test\/sub\/index\.html#r=[\w-]+$/);
  expect(await readRecipeLink(new URL(link).hash)).toStrictEqual(robotRecipe);
});

test('a link that was cut off is told, another fragment is none', async () => {
  const { hash } = new URL(await recipeLink(robotRecipe, 'https://example.test/'));
  await expect(readRecipeLink(hash.slice(0, -6))).rejects.toMatchObject({ code: 'file-corrupt' });
  expect(await readRecipeLink('#/film')).toBeNull();
});
