/** Films in memory, in the way they lie in IndexedDB. */
import type { FilmProjects, StoredProject } from '../app/film/storage/projects.ts';

export function memoryFilms() {
  const stored = new Map<string, StoredProject>();
  const assets = new Map<string, Blob>();
  let lastId = 0;
  let clock = 0;
  const projects: FilmProjects = {
    list: () => Promise.resolve([...stored.values()].sort((a, b) => b.changedAtMs - a.changedAtMs)),
    save: (project) => Promise.resolve(void stored.set(project.id, { project, changedAtMs: ++clock })),
    change: (id, change) => {
      const film = stored.get(id);
      if (film) stored.set(id, { ...film, project: change(film.project) });
      return Promise.resolve();
    },
    remove: (id) => Promise.resolve(void stored.delete(id)),
    addAsset: (file) => {
      const id = `asset-${++lastId}`;
      assets.set(id, file);
      return Promise.resolve(id);
    },
    asset: (id) => Promise.resolve(assets.get(id) ?? null),
    removeUnused: () => Promise.resolve(),
  };
  return { projects, stored, assets };
}
