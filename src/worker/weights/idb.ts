/** What is known of stored models, in the one database of the weights. */
import { openStore } from '../../engine/idb.ts';
import { databases } from '../../engine/stored-names.ts';

/** Records by name, in one database of this origin. Each call is one transaction. Throws `storage-full` and `storage-failed`. */
export interface RecordStore {
  get<T>(key: string): Promise<T | undefined>;
  /** All or none. */
  setMany(entries: readonly (readonly [key: string, value: unknown])[]): Promise<void>;
  deleteMany(keys: readonly string[]): Promise<void>;
  /** In ascending order. */
  keys(prefix: string): Promise<readonly string[]>;
}

/** `name` is that of the database, without the app's own prefix. */
export function openRecords(name: string = databases.weights): RecordStore {
  const store = openStore(name);
  return {
    get: <T>(key: string) => store.get(key) as Promise<T | undefined>,
    setMany: (put) => store.write({ put }),
    deleteMany: (remove) => store.write({ remove }),
    keys: (prefix) => store.keys(prefix),
  };
}
