/** What a file tells about itself, in words for people. */
import { formatParameters } from '../../../domain/recipe/parameters.ts';
import type { ImageRecipe } from '../../../domain/recipe/recipe.ts';
import type { Words } from '../../words/words.ts';

export interface InsideEntry {
  readonly label: string;
  readonly text: string;
}

/** `recipe` is null where the file has none, or none is to go along. */
export function pictureInside({ share }: Words, recipe: ImageRecipe | null): InsideEntry[] {
  const origin = { label: share.origin, text: share.originNote };
  return recipe ? [{ label: share.recipe, text: formatParameters(recipe) }, origin] : [origin];
}

export const filmInside = ({ share }: Words, withRecipe: boolean): InsideEntry[] => [
  { label: share.recipe, text: withRecipe ? share.filmRecipe : share.nothing },
];
