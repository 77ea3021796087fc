/** What a file tells about itself, in words for people. */
import { formatParameters } from '../../../domain/recipe/parameters.ts';
import type { ImageRecipe } from '../../../domain/recipe/recipe.ts';

export interface InsideEntry {
  readonly label: string;
  readonly text: string;
}

/** `recipe` is null where the file has none, or none is to go along. */
export function insideWords(mediaType: string, recipe: ImageRecipe | null): InsideEntry[] {
  const origin = { label: 'Origin', text: 'A note that a machine made it (IPTC: trainedAlgorithmicMedia).' };
  if (mediaType === 'image/png') {
    return recipe ? [{ label: 'Recipe', text: formatParameters(recipe) }, origin] : [origin];
  }
  return [
    { label: 'Recipe', text: 'The storyboard: prompts and settings of all scenes, in the comment tag.' },
  ];
}
