/** The composition root: the only place that knows which engine, storage and clock the page runs on. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { card, files, revision } from 'virtual:built-in-model';
import type { EngineCalls } from '../engine/protocol.ts';
import { rpcClient } from '../engine/rpc.ts';
import { unattendedKeeping, unattendedQuery } from '../engine/api-protocol.ts';
import { channels, databaseName, databases, localKeys } from '../engine/stored-names.ts';
import { startApi } from './api/start.ts';
import { browserModelLock, startModels } from './models/start.ts';
import { prepareAhead } from './picture/prepare.ts';
import { startPwa } from './pwa/pwa.ts';
import { keepAwake } from './base/keep-awake.ts';
import { AppStoreProvider } from './shell/app-hooks.tsx';
import { ModelsProvider } from './models/models-hooks.tsx';
import { createAppStore } from './shell/app-store.ts';
import type { EngineFactory } from './engine/engine-host.ts';
import { backendFromAddress } from './base/preferences.ts';
import { loadSaved } from './shell/saved.ts';
import { finishDeleting } from './settings/finish-deleting.ts';
import { helpersAmong } from './machines/machine-state.ts';
import { addressOf } from './machines/own-machines.ts';
import { imageFiles } from './making/image-files.ts';
import type { KeepingLimit } from './making/keep-works.ts';
import { createQueueOwner } from './queue/storage/queue-owner.ts';
import { newId } from './base/random.ts';
import { readStorageUsage } from './base/storage/usage.ts';
// In this order: each may refine what comes before it.
import './base/styles/tokens.css';
import './base/styles/base.css';
import './base/styles/controls.css';
import { ApiCorner } from './api/ui/api-corner.tsx';
import { App } from './shell/app.tsx';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { firstSpoken, markPage, Speaking } from './shell/speaking.tsx';
import { PwaProvider } from './pwa/pwa-context.tsx';
import { speechFor } from './words/languages.ts';
import type { TextStorage } from './base/text-storage.ts';

const builtIn = {
  ref: {
    id: 'built-in',
    revision,
    source: { kind: 'http', baseUrl: new URL('models/built-in/', document.baseURI).href, files },
  },
  card,
} as const;

const createEngine: EngineFactory = (onCrash) =>
  rpcClient<EngineCalls>(
    new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module', name: 'engine' }),
    onCrash,
  );

finishDeleting();
const storage = openStorage();
// Asked for before all else: nothing can be shown without words.
const first = firstSpoken(speechFor(loadSaved(storage).preferences.language, navigator.languages));
const app = createAppStore({
  models: [builtIn],
  createEngine,
  storage,
  images: imageFiles,
  appName: `Zoetrope ${__APP_VERSION__}`,
  backendOverride: backendFromAddress(location.search),
  now: () => performance.now(),
  random: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
  keepAwake,
  pause: (forMs) => new Promise((resolve) => setTimeout(resolve, forMs)),
  modelLock: browserModelLock(() => void app.actions.yieldModel()),
  machines: {
    find: (id) => app.store.getState().machines.find((machine) => machine.id === id),
    address: (machine) => addressOf(storage, machine),
    helpers: () => helpersAmong(app.store.getState().machines),
    open: async () => (await import('./machines/open-machines.ts')).openMachines().machines,
  },
  keeping: {
    gallery: once(async () => (await import('./gallery/storage/open-gallery.ts')).openGallery()),
    usage: () => readStorageUsage(navigator.storage),
    limit: keepingLimit(),
  },
  queue: {
    records: once(async () => (await import('./queue/storage/open-queue.ts')).openQueueRecords()),
    owner: createQueueOwner(newId(), (navigator as { locks?: LockManager }).locks),
    channel: new BroadcastChannel(channels.queue),
  },
  runFilm: async (job, tools) => {
    const { filmStoreOf } = await import('./film/open-film.ts');
    return filmStoreOf(app).runJob(job, tools);
  },
  extras: async () => (await models.open()).actions.listExtras(),
  openFilm: async (file, name) => {
    location.hash = '#/film';
    const { filmStoreOf } = await import('./film/open-film.ts');
    const film = filmStoreOf(app);
    await film.ready;
    await film.actions.openFile(file, name);
  },
  onPicture: (detail) => {
    const totalMs = detail.encodeMs + detail.denoiseMs + detail.decodeMs;
    const end = performance.now();
    performance.measure('zoetrope:picture', { start: Math.max(0, end - totalMs), end, detail });
  },
});

const pwa = startPwa(app, storage);
const models = startModels(app);
const api = startApi(app.context);
prepareAhead(app.context, { whenIdle, isFrugal });

void findLeftJobs();

void show();

async function show(): Promise<void> {
  const spoken = await first;
  markPage(spoken.speech);
  createRoot(document.getElementById('app')!).render(
    <StrictMode>
      <AppStoreProvider app={app}>
        <Speaking first={spoken}>
          <ErrorBoundary onReset={() => storage.removeItem(localKeys.page)}>
            <PwaProvider pwa={pwa}>
              <ModelsProvider models={models}>
                <App />
              </ModelsProvider>
              <ApiCorner page={api} />
            </PwaProvider>
          </ErrorBoundary>
        </Speaking>
      </AppStoreProvider>
    </StrictMode>,
  );
}

/** What reads them is fetched only where there ever was a queue. */
async function findLeftJobs(): Promise<void> {
  try {
    const there = 'databases' in indexedDB ? await indexedDB.databases() : null;
    if (there?.some(({ name }) => name === databaseName(databases.queue)) ?? true)
      await app.actions.findLeft();
  } catch {
    // Storage does not answer: then there is nothing to go on with.
  }
}

/** After the page has loaded, when nothing else has to be done. Safari has no idle callbacks. */
function whenIdle(work: () => void): void {
  const wait = () => ('requestIdleCallback' in window ? requestIdleCallback(work) : setTimeout(work, 1000));
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
}

/** Who saves data gets what is asked for; with 2 GiB the GPU's memory is that of everything else too. */
function isFrugal(): boolean {
  const { connection, deviceMemory = 8 } = navigator as Navigator & {
    readonly connection?: { readonly saveData?: boolean };
    readonly deviceMemory?: number;
  };
  return connection?.saveData === true || deviceMemory <= 2;
}

/** A page that `npm start -- --headless` has opened: its gallery is nobody's. */
function keepingLimit(): KeepingLimit | undefined {
  if (!new URLSearchParams(location.search).has(unattendedQuery)) return undefined;
  const { works, days } = unattendedKeeping;
  return { works, ageMs: days * 24 * 60 * 60 * 1000 };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Where storage is forbidden, even asking for it throws; the settings then live as long as the page. */
function openStorage(): TextStorage {
  try {
    return localStorage;
  } catch {
    const items = new Map<string, string>();
    return {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    };
  }
}
