import { openStore } from './idb.ts';
import { createFilmProjects, type FilmProjects } from './projects.ts';

/** The films in this browser. */
export const openFilmProjects = (): FilmProjects =>
  createFilmProjects({
    store: openStore('films'),
    nowMs: () => Date.now(),
    newId: () => crypto.randomUUID(),
  });
