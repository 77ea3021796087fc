import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readRecipeFromPng } from '../../domain/recipe/png.ts';
import { isIntact, joinBytes, pngChunks } from '../../domain/recipe/png-chunks.ts';
import { filteredRows } from '../../domain/recipe/png-encode.ts';
import { robotRecipe } from '../../testing/recipes.ts';
import { pngOfRows } from './png-of-rows.ts';

const width = 300;
const height = 200;
const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) =>
  at % 4 === 3 ? 255 : (at * 7919) % 251,
);

test('a file that is written row by row is that of the whole picture, and carries its recipe', async () => {
  const png = pngOfRows({ width, height }, robotRecipe);
  for (let top = 0; top < height; top += 64) {
    const rows = data.slice(top * width * 4, (top + 64) * width * 4);
    png.add({ width, height: rows.length / width / 4, data: rows });
  }
  const file = new Uint8Array(await (await png.file()).arrayBuffer());
  const chunks = pngChunks(file);
  expect(chunks.every((chunk) => isIntact(file, chunk))).toBe(true);
  const zlib = joinBytes(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data));
  const whole = filteredRows({ width, height, data });
  whole.add(height);
  expect(Buffer.from(inflateSync(zlib)).equals(Buffer.from(whole.bytes))).toBe(true);
  expect(await readRecipeFromPng(file)).toMatchObject({ kind: 'exact', recipe: robotRecipe });
});
