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

/** The files of the model whose download is under way: those that are whole, and those of which some chunks lie there. */
export function filesUnderWay(page: Page): Promise<{ whole: number; begun: number; all: number }> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('zoetrope-weights');
        opening.onerror = () => reject(new Error('the database could not be opened'));
        opening.onsuccess = () => {
          const store = opening.result.transaction('records').objectStore('records');
          const under = (prefix: string) => store.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`));
          const [opened, contents] = [under('open:'), under('content:')];
          contents.onsuccess = () => {
            opening.result.close();
            const downloads = opened.result as { files: { key: string }[] }[];
            const records = contents.result as { sha256: string | null; chunkSha256: string[] }[];
            resolve({
              whole: records.filter(({ sha256 }) => sha256 !== null).length,
              begun: records.filter(({ sha256, chunkSha256 }) => sha256 === null && chunkSha256.length > 0)
                .length,
              all: new Set(downloads.flatMap(({ files }) => files.map(({ key }) => key))).size,
            });
          };
        };
      }),
  );
}
