import { formatParameters } from './parameters.ts';
import { madeByMachine } from './carriers/origin-note.ts';
import { joinBytes, pngChunks, type PngChunk } from './png-chunks.ts';
import {
  isTextChunk,
  keywordOf,
  makeInternationalChunk,
  makeTextChunk,
  readPngTexts,
  type Inflate,
} from './png-text.ts';
import { readFound, recipeKeyword } from './found.ts';
import type { FoundRecipe } from './found-recipe.ts';
import { recipeJson, type ImageRecipe } from './recipe.ts';

const parametersKeyword = 'parameters';
const xmpKeyword = 'XML:com.adobe.xmp';

/**
 * The same picture with `recipe` inside, in place of whatever texts it had. Without a recipe (null) it says only that a machine made it.
 * Pixels are not touched. Throws `not-an-image`, `file-corrupt`.
 */
export function encodePngWithRecipe(png: Uint8Array, recipe: ImageRecipe | null): Uint8Array<ArrayBuffer> {
  return rebuild(png, (chunk) => !isTextChunk(chunk), recipeChunks(recipe));
}

/** What stands behind a file's header to tell it. */
export function recipeChunks(recipe: ImageRecipe | null): readonly Uint8Array<ArrayBuffer>[] {
  const origin = makeInternationalChunk({ keyword: xmpKeyword, text: madeByMachine });
  if (!recipe) return [origin];
  return [
    makeTextChunk({ keyword: parametersKeyword, text: formatParameters(recipe) }),
    makeInternationalChunk({ keyword: recipeKeyword, text: recipeJson(recipe) }),
    origin,
  ];
}

/** The same picture without any text, but for the note of its origin if it has one. Throws `not-an-image`, `file-corrupt`. */
export function stripRecipe(png: Uint8Array): Uint8Array<ArrayBuffer> {
  return rebuild(png, (chunk) => !isTextChunk(chunk) || keywordOf(chunk) === xmpKeyword, []);
}

/**
 * Null when the picture tells nothing. Throws `not-an-image` for what is no PNG, `file-corrupt` for a damaged one,
 * `file-unreadable` for a recipe of a later version of this app.
 */
export async function readRecipeFromPng(png: Uint8Array, inflate?: Inflate): Promise<FoundRecipe | null> {
  const texts = await readPngTexts(png, inflate);
  return readFound(texts.map(({ keyword, text }) => ({ key: keyword, text })));
}

function rebuild(
  png: Uint8Array,
  keep: (chunk: PngChunk) => boolean,
  added: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const chunks = pngChunks(png);
  const header = chunks[0]!;
  const kept = chunks.slice(1).filter(keep);
  return joinBytes([
    png.subarray(0, header.end),
    ...added,
    ...kept.map(({ start, end }) => png.subarray(start, end)),
  ]);
}
