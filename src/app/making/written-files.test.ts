import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jpegWith } from '../../domain/recipe/carriers/jpeg.ts';
import { avifWith } from '../../domain/recipe/carriers/avif.ts';
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

/** A temporal delimiter, the sequence header that Chromium writes for 512 × 512, and the first bytes of a frame. */
const av1 = Uint8Array.of(
  ...[0x12, 0, 0x0a, 13, 0, 0, 0, 12, 71, 255, 254, 0, 209, 1, 13, 1, 4],
  ...[0x32, 3, 16, 65, 64],
);
const avif = (texts: Parameters<typeof avifWith>[1]) => avifWith({ width: 512, height: 512, av1 }, texts);

test('our recipes come back whole from JPEG, WebP and AVIF', async () => {
  await fc.assert(
    fc.asyncProperty(anyRecipe, async (recipe) => {
      const texts = textsOf(recipe);
      for (const file of [jpegWith(jpeg, texts), webpWith(webp, texts), avif(texts)]) {
        expect(await readRecipe(file, tools)).toMatchObject({ kind: 'exact', recipe });
      }
    }),
    { numRuns: 200 },
  );
});

test('other programs find the words of the web UI in the comment', async () => {
  const texts = textsOf(robotRecipe);
  const files = [jpegWith(jpeg, texts), webpWith(webp, texts), avif(texts)];
  for (const file of files) {
    const comment = (await tagTexts(file)).find(({ key }) => key === 'UserComment')!.text;
    expect(parseParameters(comment)?.settings).toMatchObject({ seed: robotRecipe.settings.seed });
  }
});

test('without a recipe nothing is told but that a machine made it', async () => {
  for (const file of [jpegWith(jpeg, null), webpWith(webp, null), avif(null)]) {
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

test('an AVIF says what its stream needs, and leaves out what a picture has no use for', () => {
  const file = Buffer.from(avif(null));
  const configuration = file.indexOf('av1C') + 4;
  // Version 1; main profile, level 2.1; main tier, 8 bits, 4:2:0.
  expect([...file.subarray(configuration, configuration + 4)]).toEqual([0x81, 1, 0x0c, 0]);
  expect(file.includes(Buffer.from(av1.subarray(2))), 'the stream, from its header on').toBe(true);
  expect(file.includes(Buffer.from(av1)), 'not its delimiter').toBe(false);
});

test('a stream that is none, or is cut short, is told', () => {
  const broken = [new Uint8Array(), av1.subarray(0, 10), Uint8Array.of(0x30, 1), av1.subarray(17)];
  for (const stream of broken) {
    expect(() => avifWith({ width: 2, height: 2, av1: stream }, null)).toThrow(/cannot be put into/);
  }
});
