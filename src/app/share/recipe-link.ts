/** Links that open the app with the settings of a picture filled in. */
import { recipeFromFragment, recipeToFragment, type LinkCompression } from '../../domain/recipe/link.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import { readAtMost } from '../base/storage/read-at-most.ts';

const compression: LinkCompression = {
  deflate: (data) => readAtMost(through(data, new CompressionStream('deflate-raw')), Infinity),
  inflate: (data, maxBytes) => readAtMost(through(data, new DecompressionStream('deflate-raw')), maxBytes),
};

/** `page` is the address of the app, whatever else it holds. */
export async function recipeLink(recipe: ImageRecipe, page: string): Promise<string> {
  const link = new URL(page);
  link.search = '';
  link.hash = await recipeToFragment(recipe, compression);
  return link.href;
}

/** Null when the fragment holds no recipe. Throws `file-corrupt`, `file-unreadable`. */
export function readRecipeLink(fragment: string): Promise<ImageRecipe | null> {
  return recipeFromFragment(fragment, compression);
}

function through(
  data: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  return new Blob([data]).stream().pipeThrough(transform);
}
