import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyRecipe, robotRecipe } from '../../testing/recipes.ts';
import { AppError } from '../errors.ts';
import { parseRecipe, parseRecipeJson, recipeJson } from './recipe.ts';

const codeOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
  return 'no error';
};

test('any recipe comes back from its JSON unchanged, even with lone surrogates in the prompt', () => {
  fc.assert(
    fc.property(anyRecipe, (recipe) => {
      const json = recipeJson(recipe);
      expect(json).toMatch(/^[\x20-\x7e]*$/);
      expect(parseRecipeJson(json)).toStrictEqual(recipe);
    }),
  );
});

test('a recipe of a later version or of another kind is told apart from a broken one', () => {
  expect(codeOf(() => parseRecipe({ ...robotRecipe, version: 2 }))).toBe('file-unreadable');
  expect(codeOf(() => parseRecipe({ ...robotRecipe, kind: 'opera' }))).toBe('file-unreadable');
  expect(codeOf(() => parseRecipe({ ...robotRecipe, settings: { prompt: 'x' } }))).toBe('file-corrupt');
});

test.each([
  ['steps', 0],
  ['steps', 2.5],
  ['guidanceScale', -1],
  ['guidanceScale', null],
  ['seed', 2 ** 53],
  ['width', 0],
  ['height', 100_000],
  ['sampler', 'magic'],
  ['prompt', 7],
])('a recipe with %s = %j is refused by name', (key, value) => {
  const data = { ...robotRecipe, settings: { ...robotRecipe.settings, [key]: value } };
  expect(() => parseRecipe(data)).toThrow(new RegExp(`settings.${key}`));
});

test('keys that we do not know are dropped', () => {
  expect(parseRecipe({ ...robotRecipe, extra: 1 })).toStrictEqual(robotRecipe);
});

test('any JSON and any text is answered with an AppError at worst', () => {
  fc.assert(fc.property(fc.jsonValue(), (data) => codeOf(() => parseRecipe(data)) === 'file-corrupt'));
  fc.assert(fc.property(fc.string(), (text) => codeOf(() => parseRecipeJson(text)) === 'file-corrupt'));
});
