/** The only door to IndexedDB, for the page and the workers. Each store is a database of its own, so that a new kind of record never needs a migration. */
import { createStore, promisifyRequest } from 'idb-keyval';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import { databaseName, isOwnDatabase } from './stored-names.ts';

type Entry = readonly [key: string, value: unknown];

/** Every call throws `storage-full` or `storage-failed`. */
export interface RecordStore {
  get(key: string): Promise<unknown>;
  getMany(keys: readonly string[]): Promise<unknown[]>;
  /** In the order of keys. */
  list(prefix: string): Promise<Entry[]>;
  keys(prefix: string): Promise<string[]>;
  /** All of it or nothing; resolves once it is committed. */
  write(change: {
    put?: readonly Entry[];
    remove?: readonly string[];
    removePrefixes?: readonly string[];
  }): Promise<void>;
  /** Reads and writes in one transaction; `change` returns undefined to leave the record as it is. */
  update(key: string, change: (value: unknown) => unknown): Promise<void>;
  clear(): Promise<void>;
}

/** `name`: one of `databases`. */
export function openStore(name: string): RecordStore {
  const useStore = createStore(databaseName(name), 'records');
  const read = <T>(ask: (store: IDBObjectStore) => T | PromiseLike<T>) =>
    translate(() => useStore('readonly', ask));
  const write = (act: (store: IDBObjectStore) => void) =>
    translate(() => useStore('readwrite', (store) => committed(store.transaction, () => act(store))));

  return {
    get: (key) => read((store) => promisifyRequest<unknown>(store.get(key))),
    getMany: (keys) =>
      read((store) => Promise.all(keys.map((key) => promisifyRequest<unknown>(store.get(key))))),
    keys: (prefix) =>
      read(async (store) => (await promisifyRequest(store.getAllKeys(withPrefix(prefix)))) as string[]),
    list: (prefix) =>
      read(async (store) => {
        const range = withPrefix(prefix);
        const [keys, values] = await Promise.all([
          promisifyRequest(store.getAllKeys(range)),
          promisifyRequest<unknown[]>(store.getAll(range)),
        ]);
        return keys.map((key, index) => [key as string, values[index]] as const);
      }),
    write: ({ put = [], remove = [], removePrefixes = [] }) =>
      write((store) => {
        for (const key of remove) store.delete(key);
        for (const prefix of removePrefixes) store.delete(withPrefix(prefix));
        for (const [key, value] of put) store.put(value, key);
        // Else it is committed only once the page has heard of the last success, and a page that is closing hears no more.
        store.transaction.commit();
      }),
    update: (key, change) =>
      write((store) => {
        const request = store.get(key);
        request.onsuccess = () => {
          const changed = change(request.result);
          if (changed !== undefined) store.put(changed, key);
        };
      }),
    clear: () => write((store) => void store.clear()),
  };
}

/**
 * Empties all databases of the app, the worker's too: they may be open in other tabs, where deleting them would wait. True when anything lay
 * there.
 */
export async function clearDatabases(): Promise<boolean> {
  const databases = await translate(() => indexedDB.databases());
  let found = false;
  for (const { name } of databases) {
    if (name !== undefined && isOwnDatabase(name) && (await translate(() => clearDatabase(name))))
      found = true;
  }
  return found;
}

async function clearDatabase(name: string): Promise<boolean> {
  const database = await promisifyRequest(indexedDB.open(name));
  try {
    const names = [...database.objectStoreNames];
    if (names.length === 0) return false;
    const transaction = database.transaction(names, 'readwrite');
    let records = 0;
    await committed(transaction, () =>
      names.forEach((name) => {
        const store = transaction.objectStore(name);
        const counted = store.count();
        counted.onsuccess = () => (records += counted.result);
        store.clear();
      }),
    );
    return records > 0;
  } finally {
    database.close();
  }
}

const withPrefix = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

/**
 * Waits for the commit: a request's success promises nothing, and quota is often found exceeded only here. On failure the transaction
 * has been rolled back; its `error` is set only by the time of `abort`.
 */
function committed(transaction: IDBTransaction, act: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'));
    try {
      act();
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
      transaction.abort();
    }
  });
}

async function translate<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    const code: ErrorCode = isQuotaError(cause) ? 'storage-full' : 'storage-failed';
    throw new AppError(code, 'The browser could not store or read data.', { cause });
  }
}

/** Firefox has had two names for it. */
export function isQuotaError(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return name === 'QuotaExceededError' || name === 'NS_ERROR_DOM_QUOTA_REACHED';
}
