/** Models on the page: what must be there from the start, and the door to the library, which is fetched when it is first opened. */
import type { ModelCalls } from '../../engine/model-protocol.ts';
import { rpcClient } from '../../engine/rpc.ts';
import { channels } from '../../engine/stored-names.ts';
import { createStore, type StoreApi } from '../base/store.ts';
import type { ModelsPage } from './hooks.ts';
import { createModelLock, type ModelLock } from '../making/model-lock.ts';
import type { ModelsStore } from './models-store.ts';
import { followOtherTabs } from './other-tabs.ts';

export interface ModelsHost {
  /** Opens the library; the same one from then on. */
  readonly open: () => Promise<ModelsStore>;
  /** Null until it has been opened. */
  readonly opened: Pick<StoreApi<ModelsStore | null>, 'getState' | 'getInitialState' | 'subscribe'>;
}

export function startModels(app: ModelsPage): ModelsHost {
  const opened = createStore<ModelsStore | null>(() => null);
  let opening: Promise<ModelsStore> | undefined;

  followOtherTabs(app, new BroadcastChannel(channels.chosenModel));
  return {
    open: () =>
      (opening ??= openLibrary(app).then((store) => {
        opened.setState(store, true);
        return store;
      })),
    opened,
  };
}

/** `onAsked`: another tab wants to load a large model. */
export function browserModelLock(onAsked: () => void): ModelLock {
  const { locks } = navigator as { locks?: LockManager };
  return createModelLock({ locks, channel: new BroadcastChannel(channels.modelLock), onAsked });
}

async function openLibrary(app: ModelsPage): Promise<ModelsStore> {
  const { createModelsStore } = await import('./models-store.ts');
  const { storage } = navigator as { storage?: StorageManager };
  return createModelsStore({
    app,
    createWorker: () =>
      rpcClient<ModelCalls>(
        new Worker(new URL('../../worker/models-main.ts', import.meta.url), {
          type: 'module',
          name: 'models',
        }),
      ),
    persistence: storage,
    onLibraryChange: (listener) => {
      const channel = new BroadcastChannel(channels.library);
      channel.addEventListener('message', ({ data }: MessageEvent<{ type?: string }>) => {
        if (data.type === 'library-changed') listener();
      });
    },
    onOnline: (listener) => window.addEventListener('online', listener),
  });
}
