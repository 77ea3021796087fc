import { createStore, type StoreApi } from '../base/store.ts';
import { toPlainError } from '../../domain/errors.ts';
import { exportGallery, importGallery, type ImportResult } from './storage/gallery-archive.ts';
import type { Gallery } from './storage/gallery.ts';
import type { StorageUsage } from '../base/storage/usage.ts';
import { emptyGallery, toggleSelected, type GalleryState } from './gallery-state.ts';
import { message, type Message } from '../words/message.ts';
import type { ToastAction } from '../base/toasts.ts';

export interface GalleryStoreDeps {
  readonly gallery: Gallery;
  readonly usage: () => Promise<StorageUsage | null>;
  readonly tell: (message: Message, actions?: readonly ToastAction[], onEnd?: () => void) => void;
}

export interface GalleryStore {
  readonly store: StoreApi<GalleryState>;
  readonly actions: ReturnType<typeof galleryActions>;
  /** Reads the works, and again after each change, until the returned function is called. */
  readonly follow: () => () => void;
}

export function createGalleryStore(deps: GalleryStoreDeps): GalleryStore {
  const store = createStore<GalleryState>(() => emptyGallery);
  const refresh = refresher(deps, store);
  return {
    store,
    actions: galleryActions(deps, store),
    follow: () => {
      refresh();
      return deps.gallery.subscribe(refresh);
    },
  };
}

/** Many changes in a row are read once: while one reading goes on, all others become one. */
function refresher({ gallery, usage }: GalleryStoreDeps, store: StoreApi<GalleryState>): () => void {
  let state: 'idle' | 'reading' | 'again' = 'idle';
  const read = async () => {
    try {
      const works = await gallery.list();
      const ids = new Set(works.map(({ id }) => id));
      store.setState(({ selected, openId, comparing }) => ({
        load: { status: 'ready' },
        works,
        selected: selected?.filter((id) => ids.has(id)) ?? null,
        openId: openId !== null && ids.has(openId) ? openId : null,
        comparing: comparing?.every((id) => ids.has(id)) ? comparing : null,
      }));
      store.setState({ usage: await usage() });
    } catch (error) {
      store.setState({ load: { status: 'failed', error: toPlainError(error) } });
    }
  };
  const run = async () => {
    do {
      state = 'reading';
      await read();
    } while (wantsAgain());
    state = 'idle';
  };
  const wantsAgain = () => state === 'again';
  return () => {
    if (state === 'idle') void run();
    else state = 'again';
  };
}

function galleryActions(deps: GalleryStoreDeps, store: StoreApi<GalleryState>) {
  const { gallery, tell } = deps;
  const edit = (change: Partial<GalleryState>) => store.setState(change);
  let lastToggled: string | null = null;

  /** A failure is told; whatever was going on has ended. */
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AbortError'))
        tell(message('failed', toPlainError(error)));
    } finally {
      edit({ transfer: null });
    }
  };

  return {
    edit,
    open: (id: string | null) => edit({ openId: id }),
    compare: (pair: readonly [string, string] | null) => edit({ comparing: pair }),
    select: (ids: readonly string[] | null) => {
      lastToggled = null;
      edit({ selected: ids });
    },
    /** `order` is what the person sees; `extend` chooses everything since the last choice. */
    toggle: (id: string, order: readonly string[], extend: boolean) => {
      const from = extend ? lastToggled : null;
      lastToggled = id;
      edit({ selected: toggleSelected(store.getState().selected ?? [], id, order, from) });
    },
    favour: (ids: readonly string[], favourite: boolean) =>
      attempt(() => gallery.setFavourite(ids, favourite)),
    /** Can be undone until its toast goes. */
    remove: (ids: readonly string[]) =>
      attempt(async () => {
        await gallery.bin(ids);
        const undo = () => void attempt(() => gallery.unbin(ids));
        // What came back meanwhile, by an import or in another tab, stays.
        const end = () => void attempt(() => gallery.removeBinned(ids));
        tell(message('workDeleted', ids.length), [{ label: message('undo'), run: undo }], end);
      }),
    /** `save` gets the zip file as it is written; a rejection with an `AbortError` means that the person changed their mind. */
    exportWorks: (
      ids: readonly string[],
      save: (zip: ReadableStream<Uint8Array<ArrayBuffer>>) => Promise<void>,
    ) =>
      attempt(async () => {
        const works = store.getState().works.filter(({ id }) => ids.includes(id));
        const progress = (doneWorks: number) =>
          edit({ transfer: { kind: 'export', doneWorks, totalWorks: works.length } });
        await save(exportGallery(gallery, works, progress));
        tell(message('worksExported', works.length));
      }),
    importFile: (file: Blob) =>
      attempt(async () => {
        edit({ transfer: { kind: 'import', doneWorks: 0, totalWorks: null } });
        const progress = (doneWorks: number, totalWorks: number) =>
          edit({ transfer: { kind: 'import', doneWorks, totalWorks } });
        tell(importMessage(await importGallery(gallery, file, progress)));
      }),
    clear: () => attempt(() => gallery.clear()),
  };
}

const importMessage = ({ added, known, unreadable, failed }: ImportResult) =>
  message('worksImported', added, known, unreadable, failed.length);
