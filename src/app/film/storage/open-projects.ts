import { newId } from '../../base/random.ts';
import { openStore } from '../../../engine/idb.ts';
import { databases } from '../../../engine/stored-names.ts';
import { createFilmProjects, type FilmProjects, type FilmProjectsDeps } from './projects.ts';

/** The films in this browser. */
export const openFilmProjects = (waiting: FilmProjectsDeps['waiting']): FilmProjects =>
  createFilmProjects({
    store: openStore(databases.films),
    nowMs: () => Date.now(),
    newId,
    ...(waiting && { waiting }),
  });
