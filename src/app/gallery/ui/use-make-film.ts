import { toPlainError } from '../../../domain/errors.ts';
import type { Work } from '../../../domain/recipe/work.ts';
import { useApp } from '../hooks.ts';
import type { FilmPicture } from '../../film/film-files.ts';
import { useGallery } from '../gallery-hooks.tsx';
import { recipeOfWork } from './recipe-of.ts';
import { message } from '../../words/message.ts';

/** Makes a storyboard of pictures, in this order, and goes there. */
export function useMakeFilm(): (works: readonly Work[]) => Promise<void> {
  const { gallery } = useGallery();
  const app = useApp();
  return async (works) => {
    try {
      const pictures = await Promise.all(
        works.map(async (work) => filmPicture(work, await gallery.file(work.id))),
      );
      const { filmStoreOf } = await import('../../film/open-film.ts');
      const film = filmStoreOf(app);
      await film.ready;
      await film.actions.filmFromPictures(pictures);
      location.hash = '#/film';
    } catch (error) {
      app.actions.tell(message('failed', toPlainError(error)));
    }
  };
}

function filmPicture(work: Work, file: Blob): FilmPicture {
  const found = recipeOfWork(work);
  return { file, prompt: work.text, seed: found.status === 'known' ? found.recipe.settings.seed : null };
}
