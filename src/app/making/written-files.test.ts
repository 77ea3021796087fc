import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jpegWith } from '../../domain/recipe/carriers/jpeg.ts';
import { webpWith } from '../../domain/recipe/carriers/webp-texts.ts';
import { joinWebp, webpChunks } from '../../domain/recipe/carriers/webp.ts';
import { formatParameters, parseParameters } from '../../domain/recipe/parameters.ts';
import { recipeJson, type ImageRecipe } from '../../domain/recipe/recipe.ts';
import { anyRecipe, robotRecipe } from '../../testing/recipes.ts';
import { readRecipe } from './read-recipe.ts';
import { tagTexts } from './file-tags.ts';

const never = () => Promise.reject(new Error('nothing is packed'));
const tools = { inflate: never, gunzip: never, pixels: () => Promise.resolve(null) };
const textsOf = (recipe: ImageRecipe) => ({
  comment: formatParameters(recipe),
  ownRecipe: recipeJson(recipe),
});

/** The head of a JPEG as browsers write it, and its end. */
const jpeg = Uint8Array.of(
  ...[0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0],
  ...[0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0, 0xff, 0xd9],
);
/** 8 × 8 pixels, without loss, opaque. */
const webp = joinWebp([{ type: 'VP8L', data: Uint8Array.of(0x2f, 7, 0xc0, 1, 0, 0) }]);

test('our recipes come back whole from JPEG and WebP', async () => {
  await fc.assert(
    fc.asyncProperty(anyRecipe, async (recipe) => {
      for (const file of [jpegWith(jpeg, textsOf(recipe)), webpWith(webp, textsOf(recipe))]) {
        expect(await readRecipe(file, tools)).toMatchObject({ kind: 'exact', recipe });
      }
    }),
    { numRuns: 200 },
  );
});

test('other programs find the words of the web UI in the comment', async () => {
  const files = [jpegWith(jpeg, textsOf(robotRecipe)), webpWith(webp, textsOf(robotRecipe))];
  for (const file of files) {
    const comment = (await tagTexts(file)).find(({ key }) => key === 'UserComment')!.text;
    expect(parseParameters(comment)?.settings).toMatchObject({ seed: robotRecipe.settings.seed });
  }
});

test('without a recipe nothing is told but that a machine made it', async () => {
  for (const file of [jpegWith(jpeg, null), webpWith(webp, null)]) {
    expect(await readRecipe(file, tools)).toBeNull();
    expect((await tagTexts(file)).map(({ text }) => text).join()).toContain('trainedAlgorithmicMedia');
  }
});

test('a recipe without room in a JPEG segment keeps its words; one that is longer still is refused', async () => {
  const long = (length: number) => ({
    ...robotRecipe,
    settings: { ...robotRecipe.settings, prompt: '猫'.repeat(length) },
  });
  const found = await readRecipe(jpegWith(jpeg, textsOf(long(10_000))), tools);
  expect(found).toMatchObject({ kind: 'restored', settings: { prompt: '猫'.repeat(10_000) } });
  expect(() => jpegWith(jpeg, textsOf(long(40_000)))).toThrow(/too long/);
  expect(await readRecipe(webpWith(webp, textsOf(long(40_000))), tools)).toMatchObject({ kind: 'exact' });
});

test('the extended form of WebP says what follows, once', () => {
  const twice = webpWith(webpWith(webp, textsOf(robotRecipe)), textsOf(robotRecipe));
  expect(webpChunks(twice).map(({ type }) => type)).toEqual(['VP8X', 'VP8L', 'EXIF', 'XMP ']);
  expect(webpChunks(twice)[0]!.data).toEqual(Uint8Array.of(0x0c, 0, 0, 0, 7, 0, 0, 7, 0, 0));
});
