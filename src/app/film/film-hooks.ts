import { useStore } from '../base/store.ts';
import type { FilmState } from './film-state.ts';
import type { FilmStore } from './film-store.ts';

/** Draws again when what `select` returns is another value. */
export function useFilmStoreState<T>(film: FilmStore, select: (state: FilmState) => T): T {
  return useStore(film.store, select);
}
