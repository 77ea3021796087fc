import type { Backend } from '../../engine/protocol.ts';
import type { PwaPage } from './pwa-page.ts';
import { neededForPictures } from './offline-plan.ts';
import { askInventory, keepFiles, readOfflineFiles } from './offline.ts';

const restMs = 3000;

/**
 * After the first visit the app makes pictures without a network, also if none was made yet: the model is fetched, with what computes on
 * the CPU, which every device can, and with what this device turned out to use. Mostly from the browser's own cache. Waits until nothing
 * runs, so as not to disturb.
 */
export function keepBuiltIn(
  { store, turns }: PwaPage,
  container: Pick<ServiceWorkerContainer, 'controller' | 'addEventListener'>,
): void {
  const begun = new Set<Backend>();
  const attempt = () => {
    const { engine } = store.getState();
    if (!container.controller || savesData()) return;
    begin('wasm');
    if (engine.status === 'ready') begin(engine.model.backend);
  };
  const begin = (backend: Backend) => {
    if (begun.has(backend)) return;
    begun.add(backend);
    setTimeout(() => void keep(backend), restMs);
  };
  const keep = async (backend: Backend) => {
    if (turns.kinds().length > 0) return setTimeout(() => void keep(backend), restMs);
    try {
      const { cacheName, files } = await askInventory(container);
      const needed = neededForPictures(files, backend, 'Suspending' in WebAssembly);
      const { missing } = await readOfflineFiles({ cacheName, files: needed });
      await keepFiles(cacheName, missing, new AbortController().signal);
    } catch {
      begun.delete(backend); // No network, or no room: the settings show what is missing and say why when asked to fetch it.
    }
    return undefined;
  };
  store.subscribe(attempt);
  container.addEventListener('controllerchange', attempt);
  attempt();
}

/** Who counts bytes gets what is used, and the rest when asked for in the settings. */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}
