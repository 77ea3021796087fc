/** What lies in the weights' database, past the app. */
import type { Page } from '@playwright/test';

/** Turns one chunk of a stored file into zeros, as a failing disk might. */
export function damageChunk(page: Page, path: string, index: number): Promise<void> {
  return page.evaluate(
    ([wanted, at]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('zoetrope-weights');
        opening.onerror = () => reject(new Error('the database could not be opened'));
        opening.onsuccess = () => {
          const store = opening.result.transaction('records', 'readwrite').objectStore('records');
          const all = store.getAll(IDBKeyRange.bound('model:', 'model:\uffff'));
          all.onsuccess = () => {
            const [manifest] = all.result as { files: { path: string; key: string }[] }[];
            const { key } = manifest!.files.find((file) => file.path === wanted)!;
            const name = `chunk:${key}:${String(at).padStart(5, '0')}`;
            const chunk = store.get(name);
            chunk.onsuccess = () => {
              const { byteLength } = chunk.result as ArrayBuffer;
              store.put(new ArrayBuffer(byteLength), name).onsuccess = () => resolve();
            };
          };
        };
      }),
    [path, index] as const,
  );
}
