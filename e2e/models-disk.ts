/** What a story of models does to the disk, and sees there. */
import type { Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as layouts from '../src/testing/hub/models.ts';

export function writeFolder(folder: string, files: layouts.Files): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** The weights' worker sees a browser without room: Chromium itself always claims ten gigabytes. */
export async function pretendFull(page: Page): Promise<void> {
  const weights = page.workers().find((worker) => worker.url().includes('models-main'))!;
  await weights.evaluate(() => {
    navigator.storage.estimate = () => Promise.resolve({ quota: 1000, usage: 0 });
  });
}

/** Names of all records of the weights' database. */
export function storedKeys(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('zoetrope-weights');
        opening.onerror = () => reject(new Error('the database could not be opened'));
        opening.onsuccess = () => {
          const request = opening.result.transaction('records').objectStore('records').getAllKeys();
          request.onsuccess = () => resolve(request.result as string[]);
        };
      }),
  );
}

/** Turns the first chunk of a stored file into zeros, as a failing disk might. */
export function damage(page: Page, path: string): Promise<void> {
  return page.evaluate(
    (wanted) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('zoetrope-weights');
        opening.onerror = () => reject(new Error('the database could not be opened'));
        opening.onsuccess = () => {
          const store = opening.result.transaction('records', 'readwrite').objectStore('records');
          const all = store.getAll(IDBKeyRange.bound('model:', 'model:\uffff'));
          all.onsuccess = () => {
            const [manifest] = all.result as { files: { path: string; key: string; sizeBytes: number }[] }[];
            const file = manifest!.files.find((each) => each.path === wanted)!;
            const put = store.put(new ArrayBuffer(file.sizeBytes), `chunk:${file.key}:00000`);
            put.onsuccess = () => resolve();
          };
        };
      }),
    path,
  );
}

/** Everything in the origin's private file system, which stands in for the folder that a person would pick. */
export async function readOriginFiles(page: Page): Promise<layouts.Files> {
  const entries = await page.evaluate(async () => {
    const found: [string, string][] = [];
    const walk = async (folder: FileSystemDirectoryHandle, prefix: string): Promise<void> => {
      const handles = (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values();
      for await (const handle of handles) {
        if (handle.kind === 'directory') {
          await walk(handle as FileSystemDirectoryHandle, `${prefix}${handle.name}/`);
          continue;
        }
        const file = await (handle as FileSystemFileHandle).getFile();
        const url = await new Promise<string>((resolve) => {
          const reader = new FileReader();
          reader.onload = () => resolve(reader.result as string);
          reader.readAsDataURL(file);
        });
        found.push([`${prefix}${handle.name}`, url.slice(url.indexOf(',') + 1)]);
      }
    };
    await walk(await navigator.storage.getDirectory(), '');
    return found;
  });
  return new Map(entries.map(([path, base64]) => [path, Buffer.from(base64, 'base64')]));
}
