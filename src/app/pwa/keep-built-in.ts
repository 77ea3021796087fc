import type { AppStore } from '../state/app-store.ts';
import { neededForPictures } from './offline-plan.ts';
import { askInventory, keepFiles, readOfflineFiles } from './offline.ts';

const restMs = 3000;

/**
 * After the first visit the app makes pictures without a network: what the first load fetched before there was a worker to keep it is
 * fetched once more, mostly from the browser's own cache. Waits until the model has been used and nothing runs, so as not to disturb.
 */
export function keepBuiltIn(
  { store, jobs }: AppStore,
  container: Pick<ServiceWorkerContainer, 'controller' | 'addEventListener'>,
): void {
  let begun = false;
  const attempt = () => {
    const { engine } = store.getState();
    if (begun || engine.status !== 'ready' || !container.controller) return;
    begun = true;
    setTimeout(() => void keep(engine.model.backend), restMs);
  };
  const keep = async (backend: 'webgpu' | 'wasm') => {
    if (jobs.kinds().length > 0) return setTimeout(() => void keep(backend), restMs);
    try {
      const { cacheName, files } = await askInventory(container);
      const needed = neededForPictures(files, backend, 'Suspending' in WebAssembly);
      const { missing } = await readOfflineFiles({ cacheName, files: needed });
      await keepFiles(cacheName, missing, new AbortController().signal);
    } catch {
      begun = false; // No network, or no room: the settings show what is missing and say why when asked to fetch it.
    }
    return undefined;
  };
  store.subscribe(attempt);
  container.addEventListener('controllerchange', attempt);
  attempt();
}
