import { AppError } from '../errors.ts';
import { textUnder, type CarriedText } from './carried.ts';
import { readTold, wholeText } from './read-told.ts';
import { hasGraph } from './tongues/comfy.ts';
import type { FoundRecipe } from './found-recipe.ts';
import { parseRecipeJson } from './recipe.ts';

/** The keyword of our own recipe, JSON. */
export const recipeKeyword = 'zoetrope';
export const claimKeyword = 'claim_generator';

/** Null when the texts tell nothing. Throws `file-unreadable` for a recipe of a later version of this app. */
export function readFound(texts: readonly CarriedText[]): FoundRecipe | null {
  const own = textUnder(texts, recipeKeyword);
  const others = texts.filter(({ key }) => key !== recipeKeyword);
  const told = readTold(others);
  try {
    if (own !== undefined) {
      return { kind: 'exact', recipe: parseRecipeJson(own), text: textUnder(texts, 'parameters') ?? own };
    }
  } catch (error) {
    if (!(error instanceof AppError) || !told) throw error;
  }
  if (told) return { kind: 'restored', text: wholeText(others), ...told };
  if (hasGraph(others)) return { kind: 'unfollowed', by: 'ComfyUI', text: wholeText(others) };
  const by = textUnder(texts, claimKeyword);
  return by === undefined ? null : { kind: 'claimed', by, text: wholeText(others) };
}
