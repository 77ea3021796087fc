/** What a file tells about itself, in words for people. */
import { formatParameters } from '../../../domain/recipe/parameters.ts';
import type { ImageRecipe } from '../../../domain/recipe/recipe.ts';
import type { Words } from '../../words/words.ts';

export interface InsideEntry {
  readonly label: string;
  readonly text: string;
}

/** `recipe` is null where the file has none, or none is to go along. */
export function insideWords({ share }: Words, mediaType: string, recipe: ImageRecipe | null): InsideEntry[] {
  const origin = { label: share.origin, text: share.originNote };
  if (mediaType === 'image/png') {
    return recipe ? [{ label: share.recipe, text: formatParameters(recipe) }, origin] : [origin];
  }
  return [{ label: share.recipe, text: share.filmRecipe }];
}
