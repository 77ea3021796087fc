/** The worker's only door to IndexedDB. */
import { createStore, del, delMany, get, setMany } from 'idb-keyval';
import { AppError } from '../../domain/errors.ts';

/** Records by name, in one database of this origin. Each call is one transaction. Throws `storage-full` and `storage-failed`. */
export interface RecordStore {
  get<T>(key: string): Promise<T | undefined>;
  /** All or none. */
  setMany(entries: readonly (readonly [key: string, value: unknown])[]): Promise<void>;
  deleteMany(keys: readonly string[]): Promise<void>;
  /** In ascending order. */
  keys(prefix: string): Promise<readonly string[]>;
}

export function openRecords(databaseName = 'zoetrope-weights'): RecordStore {
  const store = createStore(databaseName, 'records');
  return {
    get: (key) => translated(() => get(key, store)),
    setMany: (entries) => translated(() => setMany(entries as [string, unknown][], store)),
    deleteMany: ([...keys]) =>
      translated(() => (keys.length === 1 ? del(keys[0]!, store) : delMany(keys, store))),
    keys: (prefix) =>
      translated(() => store('readonly', (records) => keysFrom(records, prefix, `${prefix}\uffff`))),
  };
}

function keysFrom(records: IDBObjectStore, from: string, to: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const request = records.getAllKeys(IDBKeyRange.bound(from, to));
    request.onsuccess = () => resolve(request.result as string[]);
    request.onerror = () => reject(request.error ?? new Error('the keys could not be read'));
  });
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const full = cause instanceof Error && cause.name === 'QuotaExceededError';
    throw full
      ? new AppError('storage-full', 'The browser has no more room for this site.', { cause })
      : new AppError('storage-failed', 'The browser’s storage could not be used.', { cause });
  }
}
