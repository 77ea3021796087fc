import { AppError, type PlainError } from '../../../domain/errors.ts';
import { parseRecipe, type ImageRecipe } from '../../../domain/recipe/recipe.ts';
import { readGridRecipe } from '../../../domain/recipe/grid-recipe.ts';
import type { Work } from '../../../domain/recipe/work.ts';

export type RecipeOfWork =
  | { readonly status: 'known'; readonly recipe: ImageRecipe }
  | { readonly status: 'none' }
  | { readonly status: 'unreadable'; readonly error: PlainError };

/** A kept recipe may be of a later version of the app. Of a grid: what all its cells share. */
export function recipeOfWork({ kind, recipe }: Pick<Work, 'kind' | 'recipe'>): RecipeOfWork {
  if (kind !== 'image' || recipe === null || recipe === undefined) return { status: 'none' };
  try {
    const grid = readGridRecipe(recipe);
    return { status: 'known', recipe: grid?.base ?? parseRecipe(recipe) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { status: 'unreadable', error: { code: error.code, message: error.message } };
  }
}
