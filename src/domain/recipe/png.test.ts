import fc from 'fast-check';
import { deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { joinBytes, makePng } from '../../testing/png.ts';
import { anyRecipe, robotRecipe } from '../../testing/recipes.ts';
import { AppError } from '../errors.ts';
import { crc32, isIntact, makeChunk, pngChunks } from './png-chunks.ts';
import { makeTextChunk, readPngTexts, type Inflate } from './png-text.ts';
import { encodePngWithRecipe, readRecipeFromPng, stripRecipe } from './png.ts';

const text = (value: string) => new TextEncoder().encode(value);
const inflate: Inflate = (data, maxBytes) =>
  Promise.resolve(inflateSync(data, { maxOutputLength: maxBytes }));
const codeOf = (error: unknown) => (error instanceof AppError ? error.code : error);
const codeFrom = (reading: Promise<unknown>) => reading.then(() => 'no error', codeOf);

test('the CRC is the one of the PNG specification', () => {
  expect(crc32(text('123456789'))).toBe(0xcbf43926);
  expect([...makeChunk('IEND', new Uint8Array())]).toEqual([
    0, 0, 0, 0, 73, 69, 78, 68, 0xae, 0x42, 0x60, 0x82,
  ]);
});

test('any recipe comes back from a PNG exactly, and the pixels stay as they are', async () => {
  const png = makePng();
  const pixels = (file: Uint8Array) =>
    pngChunks(file).filter(({ type }) => type === 'IDAT' || type === 'IHDR');
  await fc.assert(
    fc.asyncProperty(anyRecipe, async (recipe) => {
      const file = encodePngWithRecipe(png, recipe);
      expect(await readRecipeFromPng(file)).toMatchObject({ kind: 'exact', recipe });
      expect(pixels(file).map(({ data }) => [...data])).toEqual(pixels(png).map(({ data }) => [...data]));
      expect(pngChunks(file).every((chunk) => isIntact(file, chunk))).toBe(true);
      expect(stripRecipe(encodePngWithRecipe(file, null))).toEqual(encodePngWithRecipe(png, null));
    }),
  );
});

test('the texts stand right behind the header: parameters, our recipe, and that a machine made it', async () => {
  const file = encodePngWithRecipe(makePng(), robotRecipe);
  expect(pngChunks(file).map(({ type }) => type)).toEqual(['IHDR', 'tEXt', 'iTXt', 'iTXt', 'IDAT', 'IEND']);
  const texts = await readPngTexts(file);
  expect(texts.map(({ keyword }) => keyword)).toEqual(['parameters', 'zoetrope', 'XML:com.adobe.xmp']);
  expect(texts[2]?.text).toContain('digitalsourcetype/trainedAlgorithmicMedia');
});

test('text beyond Latin-1 goes into iTXt', async () => {
  const recipe = { ...robotRecipe, settings: { ...robotRecipe.settings, prompt: '猫 👩🏽‍🚀' } };
  const file = encodePngWithRecipe(makePng(), recipe);
  expect(pngChunks(file)[1]?.type).toBe('iTXt');
  expect((await readPngTexts(file))[0]?.text).toMatch(/^猫 👩🏽‍🚀\n/);
  const accents = makePng(8, 8, [makeTextChunk({ keyword: 'parameters', text: 'é\u0000à' })]);
  expect(pngChunks(accents)[1]?.type).toBe('iTXt');
});

test('writing twice leaves one recipe, the second', () => {
  const second = { ...robotRecipe, app: 'Zoetrope 9' };
  const once = encodePngWithRecipe(makePng(), second);
  expect(encodePngWithRecipe(encodePngWithRecipe(makePng(), robotRecipe), second)).toEqual(once);
});

test('a stripped picture tells nothing but its origin', async () => {
  const stripped = stripRecipe(encodePngWithRecipe(makePng(), robotRecipe));
  expect(await readRecipeFromPng(stripped)).toBeNull();
  expect((await readPngTexts(stripped)).map(({ keyword }) => keyword)).toEqual(['XML:com.adobe.xmp']);
  expect(stripRecipe(makePng())).toEqual(makePng());
});

test('a picture of another program restores what its text tells, compressed or not', async () => {
  const parameters = 'a cat\nSteps: 20, Sampler: Euler a, Seed: 5';
  const compressed = [0, ...deflateSync(text(parameters))];
  const chunks = [
    makeChunk('tEXt', joinBytes([text('parameters\0'), text(parameters)])),
    makeChunk('zTXt', joinBytes([text('parameters\0'), Uint8Array.from(compressed)])),
    makeChunk(
      'iTXt',
      joinBytes([
        text('parameters\0\u0001'),
        Uint8Array.of(0),
        text('en\0Titel\0'),
        deflateSync(text(parameters)),
      ]),
    ),
  ];
  for (const chunk of chunks) {
    const found = await readRecipeFromPng(makePng(8, 8, [chunk]), inflate);
    expect(found).toMatchObject({
      kind: 'restored',
      text: parameters,
      settings: { prompt: 'a cat', negativePrompt: '', steps: 20, sampler: 'euler-ancestral', seed: 5 },
    });
  }
});

test('a compressed text that would fill the memory is left out', async () => {
  const bomb = deflateSync(new Uint8Array(64 * 1024 * 1024));
  const png = makePng(8, 8, [makeChunk('zTXt', joinBytes([text('parameters\0\0'), bomb]))]);
  expect(await readRecipeFromPng(png, inflate)).toBeNull();
});

test('a recipe of a later version falls back on the text beside it, and says so when there is none', async () => {
  const later = text('zoetrope\0{"version":99,"kind":"image"}');
  const alone = makePng(8, 8, [makeChunk('tEXt', later)]);
  expect(await codeFrom(readRecipeFromPng(alone))).toBe('file-unreadable');
  const both = makePng(8, 8, [
    makeChunk('tEXt', later),
    makeTextChunk({ keyword: 'parameters', text: 'a dog' }),
  ]);
  expect(await readRecipeFromPng(both)).toMatchObject({ kind: 'restored', settings: { prompt: 'a dog' } });
});

test('a text with a wrong checksum is left out', async () => {
  const file = encodePngWithRecipe(makePng(), robotRecipe);
  for (const chunk of pngChunks(file)) if (chunk.type.endsWith('Xt')) file[chunk.start + 20]! ^= 1;
  expect(await readRecipeFromPng(file)).toBeNull();
});

test('a file cut off behind its texts still gives them; nothing else than AppErrors come out', async () => {
  const file = encodePngWithRecipe(makePng(64, 64), robotRecipe);
  expect(await readRecipeFromPng(file.subarray(0, file.length - 100))).toMatchObject({ kind: 'exact' });
  expect(() => stripRecipe(file.subarray(0, file.length - 100))).toThrow(/cut off/);
  expect(await codeFrom(readRecipeFromPng(text('<html>')))).toBe('not-an-image');
  expect(await codeFrom(readRecipeFromPng(new Uint8Array()))).toBe('not-an-image');
});

test('no damage whatever makes the reader throw anything but an AppError', async () => {
  const file = encodePngWithRecipe(makePng(), robotRecipe);
  const damage = fc.tuple(
    fc.nat(file.length),
    fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(damage, async ([length, edits]) => {
      const broken = file.slice(0, length);
      for (const [at, byte] of edits) broken[at] = byte;
      for (const run of [
        () => readRecipeFromPng(broken, inflate),
        () => Promise.resolve().then(() => stripRecipe(broken)),
      ]) {
        expect(await codeFrom(run())).toSatisfy((code) => typeof code === 'string');
      }
    }),
    { numRuns: 1000 },
  );
});
