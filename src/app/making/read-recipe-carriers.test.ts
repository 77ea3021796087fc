import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeUserComment } from '../../domain/recipe/carriers/user-comment.ts';
import { formatParameters, parseParameters } from '../../domain/recipe/parameters.ts';
import { encodeUtf8 } from '../../domain/recipe/text-bytes.ts';
import { exifBlock, exifFiles } from '../../testing/exif-files.ts';
import { nodeTools } from '../../testing/picture-cases.ts';
import { joinBytes } from '../../testing/png.ts';
import { anyRecipe } from '../../testing/recipes.ts';
import { readRecipe } from './read-recipe.ts';

const folder = join(import.meta.dirname, '../../../e2e/cases/carriers');
const places = ['comment-high-first', 'comment-low-first', 'xmp'];
const names = places.flatMap((place) =>
  ['jpg', 'webp', 'avif', 'jxl', 'png'].map((kind) => `${place}.${kind}`),
);

test.each(names)('%s, as another program wrote it, gives its recipe back', async (name) => {
  const found = await readRecipe(new Uint8Array(readFileSync(join(folder, name))), nodeTools);
  expect(found).toMatchObject({
    kind: 'restored',
    settings: {
      ...{ prompt: 'ein Leuchtturm 日本 🍄 é, (stormy:1.2) sea', negativePrompt: 'people, text', steps: 20 },
      ...{ guidanceScale: 6.5, seed: 1234567890, width: 512, height: 768, sampler: 'dpmpp-2m-karras' },
    },
  });
});

const utf16 = (text: string, little: boolean) => {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint8Array(little ? bytes : bytes.swap16());
};
const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Whose text, behind which eight bytes. */
const comments: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'as A1111': encodeUserComment,
  'with the low byte first': (text) => joinBytes([ascii('UNICODE\0'), utf16(text, true)]),
  'with a mark': (text) => joinBytes([ascii('UNICODE\0'), Uint8Array.of(0xfe, 0xff), utf16(text, false)]),
  'with a mark, the low byte first': (text) =>
    joinBytes([ascii('UNICODE\0'), Uint8Array.of(0xff, 0xfe), utf16(text, true)]),
  'as UTF-8 under ASCII': (text) => joinBytes([ascii('ASCII\0\0\0'), encodeUtf8(text)]),
};

const prompt = fc
  .array(fc.constantFrom('a lighthouse', 'é', '日本', '🍄', '(stormy:1.2)', '"x"', 'a:b'), {
    minLength: 1,
    maxLength: 9,
  })
  .map((parts) => parts.join(' '));

test.each(Object.keys(exifFiles))(
  'a comment in %s is read in every encoding, byte order and directory',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(
        prompt,
        fc.constantFrom(...Object.keys(comments)),
        fc.boolean(),
        fc.boolean(),
        async (said, encoding, little, inFirst) => {
          const text = `${said}\nNegative prompt: people\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 512x256`;
          const file = exifFiles[kind]!(exifBlock(comments[encoding]!(text), { little, inFirst }));
          const found = await readRecipe(new Uint8Array(file), nodeTools);
          expect(found).toMatchObject({ kind: 'restored', settings: { prompt: said, seed: 42, width: 512 } });
        },
      ),
      { numRuns: 100 },
    );
  },
);

test.each(Object.keys(exifFiles))('recipes of ours come back from %s as from their text', async (kind) => {
  await fc.assert(
    fc.asyncProperty(anyRecipe, fc.boolean(), async (recipe, little) => {
      const text = formatParameters(recipe);
      const block = exifBlock(encodeUserComment(text), { little, inFirst: false });
      // A JPEG's segment holds 64 KB.
      fc.pre(block.length < 65_000);
      const found = await readRecipe(new Uint8Array(exifFiles[kind]!(block)), nodeTools);
      const expected = parseParameters(text);
      expect(found?.kind === 'restored' ? found.settings : found).toEqual(expected?.settings ?? null);
    }),
    { numRuns: 250 },
  );
});
