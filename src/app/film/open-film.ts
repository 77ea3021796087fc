/** The Film screen's composition root, fetched with it: its worker and its storage. */
import { newId } from '../base/random.ts';
import type { AppError } from '../../domain/errors.ts';
import { rpcClient } from '../../engine/rpc.ts';
import { channels } from '../../engine/stored-names.ts';
import type { VideoCalls, VideoEngine } from '../../engine/video-protocol.ts';
import type { FilmPage } from './hooks.ts';
import { createFilmStore, type FilmStore } from './film-store.ts';
import { openFilmProjects } from './storage/open-projects.ts';

export const createVideo = (onCrash: (error: AppError) => void): VideoEngine =>
  rpcClient<VideoCalls>(
    new Worker(new URL('../../video/main.ts', import.meta.url), { type: 'module', name: 'video' }),
    onCrash,
  );

const stores = new WeakMap<FilmPage, FilmStore>();

/** One for each page: it goes on working while other screens are shown. */
export function filmStoreOf(app: FilmPage): FilmStore {
  const store = stores.get(app) ?? openStore(app);
  stores.set(app, store);
  return store;
}

const openStore = (app: FilmPage): FilmStore =>
  createFilmStore({
    app: app.context,
    projects: openFilmProjects(async () => {
      const records = await app.context.deps.queue?.records();
      return (await records?.films())?.map(({ project }) => project) ?? [];
    }),
    createVideo,
    newId,
    onHide: (listener) => {
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'hidden') listener();
      });
      window.addEventListener('pagehide', listener);
    },
    tabs: {
      locks: (navigator as { locks?: LockManager }).locks,
      channel: new BroadcastChannel(channels.film),
      patience: (kind) => AbortSignal.timeout(kind === 'asked' ? 5000 : 500),
    },
    keepWork: app.actions.keepWork,
  });
