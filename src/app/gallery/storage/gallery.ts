/** Every picture and film that was made. What belongs to one work is written together or not at all. */
import { newWorkId, readWork, workVersion, type Work } from '../../../domain/recipe/work.ts';
import { addToBin, loadBin, oldInBin, takeFromBin } from './gallery-bin.ts';
import {
  filePrefix,
  readFile,
  readThumbnail,
  recordsOf,
  thumbnailKey,
  workKey,
  type WholeWork,
} from './gallery-records.ts';
import { createStore } from '../../base/store.ts';
import type { NewWork } from '../../making/new-work.ts';
import type { RecordStore } from '../../../engine/idb.ts';

/** Calls throw `storage-full`, `storage-failed`. */
export interface Gallery {
  /** Resolves once the work is safe on disk. */
  add(work: NewWork): Promise<Work>;
  /** Newest first. Records of other versions are not listed, and stay. */
  list(): Promise<Work[]>;
  /** Throws `file-not-found` when it was deleted, perhaps in another tab. */
  file(id: string): Promise<Blob>;
  /** Null where there is none. In the order of `ids`. */
  thumbnails(ids: readonly string[]): Promise<(Blob | null)[]>;
  setFavourite(ids: readonly string[], favourite: boolean): Promise<void>;
  /** Out of the list, until `unbin` brings them back, or `remove` deletes them for good. Survives a crash in between. */
  bin(ids: readonly string[]): Promise<void>;
  unbin(ids: readonly string[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Those of them that are still in the bin, for good. */
  removeBinned(ids: readonly string[]): Promise<void>;
  /** Removes what was binned in an earlier visit, with nobody left to bring it back. */
  sweep(): Promise<void>;
  /** As it was elsewhere, id and date included; back from the bin if it lies there. False when it is here already. */
  restore(whole: WholeWork): Promise<boolean>;
  clear(): Promise<void>;
  /** Told after every change, also by other tabs. Returns how to stop. */
  subscribe(listener: () => void): () => void;
}

export interface GalleryDeps {
  readonly store: RecordStore;
  /** Throws when the preview cannot be drawn. */
  readonly makeThumbnail: (preview: Blob) => Promise<Blob>;
  readonly nowMs: () => number;
  readonly random: () => number;
  /** Carries "something changed" between tabs. */
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
}

export function createGallery(deps: GalleryDeps): Gallery {
  const { store, channel } = deps;
  /** How many there have been. */
  const changes = createStore(() => 0);
  const notify = () => changes.setState((count) => count + 1);
  channel.addEventListener('message', notify);
  const change = async (done: Promise<void>) => {
    await done;
    notify();
    channel.postMessage('changed');
  };
  const remove = (ids: readonly string[]) =>
    change(
      store
        .write({
          remove: ids.flatMap((id) => [workKey(id), thumbnailKey(id)]),
          removePrefixes: ids.map(filePrefix),
        })
        .then(() => takeFromBin(store, ids)),
    );
  const put = async (whole: WholeWork) => change(store.write({ put: await recordsOf(whole) }));

  return {
    add: async ({ file, preview, ...facts }) => {
      const createdAtMs = deps.nowMs();
      const work: Work = {
        ...facts,
        version: workVersion,
        id: newWorkId(createdAtMs, deps.random()),
        createdAtMs,
        mediaType: file.type,
        sizeBytes: file.size,
        favourite: false,
      };
      await put({ work, file, thumbnail: await thumbnailOrNull(deps, preview) });
      return work;
    },
    list: async () => {
      const [records, bin] = await Promise.all([store.list('work:'), loadBin(store)]);
      const works = records.flatMap(([, record]) => readWork(record) ?? []);
      return works.filter(({ id }) => !(id in bin)).reverse();
    },
    file: (id) => readFile(store, id),
    thumbnails: async (ids) => (await store.getMany(ids.map(thumbnailKey))).map(readThumbnail),
    setFavourite: (ids, favourite) => change(setFavourite(store, ids, favourite)),
    bin: (ids) => change(addToBin(store, ids, deps.nowMs())),
    unbin: (ids) => change(takeFromBin(store, ids)),
    remove,
    removeBinned: async (ids) => {
      const bin = await loadBin(store);
      await remove(ids.filter((id) => id in bin));
    },
    sweep: async () => {
      const old = oldInBin(await loadBin(store), deps.nowMs());
      if (old.length > 0) await remove(old);
    },
    restore: async (whole) => {
      const { id } = whole.work;
      const [known, bin] = await Promise.all([store.get(workKey(id)), loadBin(store)]);
      if (known !== undefined && !(id in bin)) return false;
      if (known === undefined) await put(whole);
      if (id in bin) await change(takeFromBin(store, [id]));
      return true;
    },
    clear: () => change(store.clear()),
    subscribe: changes.subscribe,
  };
}

/** Without a thumbnail the work is still worth keeping; the grid then shows its file. */
async function thumbnailOrNull(deps: GalleryDeps, preview: Blob): Promise<Blob | null> {
  try {
    return await deps.makeThumbnail(preview);
  } catch {
    return null;
  }
}

async function setFavourite(store: RecordStore, ids: readonly string[], favourite: boolean): Promise<void> {
  for (const id of ids) {
    await store.update(workKey(id), (record) => {
      const work = readWork(record);
      return work && { ...work, favourite };
    });
  }
}
