import fc from 'fast-check';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { anyRecipe, robotRecipe } from '../../testing/recipes.ts';
import { AppError } from '../errors.ts';
import { fromBase64Url, recipeFromFragment, recipeToFragment, toBase64Url } from './link.ts';

const compression = {
  deflate: (data: Uint8Array) => Promise.resolve(new Uint8Array(deflateRawSync(data))),
  inflate: (data: Uint8Array, maxBytes: number) =>
    Promise.resolve(new Uint8Array(inflateRawSync(data, { maxOutputLength: maxBytes }))),
};
const read = (fragment: string) => recipeFromFragment(fragment, compression);
const codeFrom = (reading: Promise<unknown>) =>
  reading.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );

test('base64url is the one of Node, without padding', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    }),
  );
});

test('any recipe travels in a link', async () => {
  await fc.assert(
    fc.asyncProperty(anyRecipe, async (recipe) => {
      const fragment = await recipeToFragment(recipe, compression);
      expect(fragment).toMatch(/^#r=[\w-]+$/);
      expect(await read(fragment)).toStrictEqual(recipe);
    }),
  );
});

test('an ordinary link is short enough for any messenger', async () => {
  expect((await recipeToFragment(robotRecipe, compression)).length).toBeLessThan(400);
});

test('a fragment of something else is null', async () => {
  expect(await read('')).toBeNull();
  expect(await read('#gallery')).toBeNull();
});

test('a cut, wrong or exploding link is a clear error', async () => {
  const fragment = await recipeToFragment(robotRecipe, compression);
  const bomb = toBase64Url(deflateRawSync(new Uint8Array(20 * 1024 * 1024)));
  for (const broken of [
    fragment.slice(0, -9),
    `${fragment}=`,
    '#r=',
    '#r=!!',
    `#r=${bomb}`,
    `#r=${'A'.repeat(300_000)}`,
  ]) {
    expect(await codeFrom(read(broken))).toBe('file-corrupt');
  }
});
