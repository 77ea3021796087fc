import { toPlainError } from '../../../domain/errors.ts';
import type { Work } from '../../../domain/recipe/work.ts';
import { useActions } from '../../state/app-hooks.tsx';
import { requestFilm, type FilmPicture } from '../../state/film-request.ts';
import { useGallery } from '../../state/gallery-hooks.tsx';
import { recipeOfWork } from './recipe-of.ts';

/** Hands pictures to the storyboard, in this order, and goes there. */
export function useMakeFilm(): (works: readonly Work[]) => Promise<void> {
  const { gallery } = useGallery();
  const { tell } = useActions();
  return async (works) => {
    try {
      requestFilm(
        await Promise.all(works.map(async (work) => filmPicture(work, await gallery.file(work.id)))),
      );
      location.hash = '#/film';
    } catch (error) {
      tell(toPlainError(error).message);
    }
  };
}

function filmPicture(work: Work, file: Blob): FilmPicture {
  const found = recipeOfWork(work);
  return { file, prompt: work.text, seed: found.status === 'known' ? found.recipe.settings.seed : null };
}
