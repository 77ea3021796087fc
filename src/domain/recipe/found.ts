import { AppError } from '../errors.ts';
import { textUnder, type CarriedText } from './carried.ts';
import { readTold, wholeText } from './read-told.ts';
import { hasGraph } from './tongues/comfy.ts';
import { parseRecipeJson, type ImageRecipe } from './recipe.ts';
import type { RestoredSettings } from './told.ts';

/** What a picture tells about how it was made: everything (`exact`, ours), what another program's text could tell, or only who made it. */
export type FoundRecipe =
  | { readonly kind: 'exact'; readonly recipe: ImageRecipe; readonly text: string }
  | ({ readonly kind: 'restored'; readonly text: string } & RestoredSettings)
  | { readonly kind: 'claimed'; readonly by: string; readonly text: string }
  /** A graph of ComfyUI in which nothing is known that draws. */
  | { readonly kind: 'unfollowed'; readonly by: string; readonly text: string };

/** What settings can be restored from. */
export type Restorable = Extract<FoundRecipe, { kind: 'exact' | 'restored' }>;

export const isRestorable = (found: FoundRecipe | null): found is Restorable =>
  found?.kind === 'exact' || found?.kind === 'restored';

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
