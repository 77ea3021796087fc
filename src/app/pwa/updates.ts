/** A new version waits until the person asks for it, and then for the end of running work. */
import type { ToServiceWorker } from '../../engine/service-worker.ts';
import { createStore } from '../base/store.ts';

export type UpdateState = 'none' | 'ready' | 'waiting-for-work';

export interface Updates {
  state(): UpdateState;
  subscribe(listener: () => void): () => void;
  /** Reloads into the new version as soon as `whenIdle` says so. */
  apply(): Promise<void>;
}

interface UpdateDeps {
  readonly registration: Pick<
    ServiceWorkerRegistration,
    'waiting' | 'installing' | 'addEventListener' | 'update'
  >;
  readonly container: Pick<ServiceWorkerContainer, 'controller' | 'addEventListener'>;
  readonly whenIdle: () => Promise<void>;
  readonly reload: () => void;
}

/** Other tabs are never reloaded: they go on with the files of their version, which the worker keeps for them. */
export function watchUpdates({ registration, container, whenIdle, reload }: UpdateDeps): Updates {
  const { getState, setState, subscribe } = createStore<UpdateState>(() => 'none');
  const watch = (worker: ServiceWorker | null) =>
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && container.controller) setState('ready');
    });

  // Without a controller this is the first visit: what installs is this very version.
  if (registration.waiting && container.controller) setState('ready');
  watch(registration.installing);
  registration.addEventListener('updatefound', () => watch(registration.installing));

  return {
    state: getState,
    subscribe,
    apply: async () => {
      if (getState() !== 'ready') return;
      setState('waiting-for-work');
      await whenIdle();
      container.addEventListener('controllerchange', () => reload(), { once: true });
      const message: ToServiceWorker = { type: 'skip-waiting' };
      // Another tab has let it in already: then only the reload is left.
      if (registration.waiting) registration.waiting.postMessage(message);
      else reload();
    },
  };
}

const hourMs = 3_600_000;

/** Looks for a new version when the person comes back to a page that has been open for long. */
export function lookForUpdates(registration: Pick<ServiceWorkerRegistration, 'update'>): void {
  let lastMs = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - lastMs < hourMs) return;
    lastMs = Date.now();
    registration.update().catch(() => undefined /* Offline: next time. */);
  });
}
