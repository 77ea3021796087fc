/**
 * Every picture and film that was made. One store holds three kinds of records, written together or not at all:
 * `work:<id>` what it is, `thumbnail:<id>` a small picture, `file:<id>:<n>` its bytes in pieces.
 */
import { AppError } from '../../domain/errors.ts';
import { newWorkId, readWork, workVersion, type Work } from '../../domain/recipe/work.ts';
import type { RecordStore } from './idb.ts';

export type NewWork = Pick<Work, 'kind' | 'text' | 'recipe' | 'width' | 'height' | 'durationSec'> & {
  readonly file: Blob;
  /** What the thumbnail is made of: the picture itself, or a frame of the film. */
  readonly preview: Blob;
};

/** A work with everything that belongs to it, as it is exported and imported. */
export interface WholeWork {
  readonly work: Work;
  readonly file: Blob;
  readonly thumbnail: Blob | null;
}

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
  /** For good: undo is the page's affair, by asking later. */
  remove(ids: readonly string[]): Promise<void>;
  /** As it was elsewhere, id and date included. False when it is here already. */
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

/** A single record of more than 133 MB fails in private windows. */
const pieceBytes = 16 * 1024 * 1024;

const workKey = (id: string) => `work:${id}`;
const thumbnailKey = (id: string) => `thumbnail:${id}`;
const filePrefix = (id: string) => `file:${id}:`;

export function createGallery(deps: GalleryDeps): Gallery {
  const { store, channel } = deps;
  const listeners = new Set<() => void>();
  const notify = () => listeners.forEach((listener) => listener());
  channel.addEventListener('message', notify);
  const change = async (done: Promise<void>) => {
    await done;
    notify();
    channel.postMessage('changed');
  };
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
      const records = await store.list('work:');
      return records.flatMap(([, record]) => readWork(record) ?? []).reverse();
    },
    file: (id) => readFile(store, id),
    thumbnails: async (ids) => (await store.getMany(ids.map(thumbnailKey))).map(readThumbnail),
    setFavourite: (ids, favourite) => change(setFavourite(store, ids, favourite)),
    remove: (ids) =>
      change(
        store.write({
          remove: ids.flatMap((id) => [workKey(id), thumbnailKey(id)]),
          removePrefixes: ids.map(filePrefix),
        }),
      ),
    restore: async (whole) => {
      if ((await store.get(workKey(whole.work.id))) !== undefined) return false;
      await put(whole);
      return true;
    },
    clear: () => change(store.clear()),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
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

/** Bytes, not Blobs: those are unreliable in the IndexedDB of iOS. */
async function recordsOf({ work, file, thumbnail }: WholeWork): Promise<[string, unknown][]> {
  const records: [string, unknown][] = [[workKey(work.id), work]];
  if (thumbnail) {
    const bytes = await thumbnail.arrayBuffer();
    records.push([thumbnailKey(work.id), { version: 1, mediaType: thumbnail.type, bytes }]);
  }
  for (let start = 0, index = 0; start < file.size; start += pieceBytes, index++) {
    const bytes = await file.slice(start, start + pieceBytes).arrayBuffer();
    records.push([`${filePrefix(work.id)}${String(index).padStart(4, '0')}`, bytes]);
  }
  return records;
}

async function readFile(store: RecordStore, id: string): Promise<Blob> {
  const [record, pieces] = await Promise.all([store.get(workKey(id)), store.list(filePrefix(id))]);
  const work = readWork(record);
  if (!work) throw new AppError('file-not-found', 'This work is no longer in the gallery.');
  return new Blob(
    pieces.map(([, bytes]) => bytes as ArrayBuffer),
    { type: work.mediaType },
  );
}

function readThumbnail(record: unknown): Blob | null {
  if (!isThumbnail(record)) return null;
  return new Blob([record.bytes], { type: record.mediaType });
}

function isThumbnail(record: unknown): record is { mediaType: string; bytes: ArrayBuffer } {
  return typeof record === 'object' && record !== null && 'version' in record && record.version === 1;
}

async function setFavourite(store: RecordStore, ids: readonly string[], favourite: boolean): Promise<void> {
  for (const id of ids) {
    await store.update(workKey(id), (record) => {
      const work = readWork(record);
      return work && { ...work, favourite };
    });
  }
}
