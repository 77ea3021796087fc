/** "Delete everything" against all that the table of stored names has, beside another app of the same origin. */
import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { openStore } from '../../engine/idb.ts';
import {
  cacheName,
  cachePurposes,
  databases,
  databaseName,
  folders,
  localKeys,
  sessionKeys,
} from '../../engine/stored-names.ts';
import { deleteEverything } from './delete-all.ts';

const scope = 'https://here.example/app/';
const foreign = { database: 'other-app', key: 'other:page', cache: 'other-cache', folder: 'other' };

class FakeStorage {
  [key: string]: unknown;

  constructor(keys: readonly string[]) {
    for (const key of keys) this[key] = 'something';
  }

  removeItem(key: string): void {
    // As the browser's own: its keys are its properties.
    Reflect.deleteProperty(this, key);
  }
}

const named = (names: readonly string[]) => {
  const left = new Set(names);
  return {
    left,
    keys: () => Promise.resolve([...left]),
    delete: (name: string) => Promise.resolve(left.delete(name)),
  };
};

function stubBrowser() {
  const caches = named([...cachePurposes.map((purpose) => cacheName(scope, purpose)), foreign.cache]);
  const files = new Set<string>([...Object.values(folders), foreign.folder]);
  const unregister = vi.fn();
  const root = {
    keys: () => files.values(),
    removeEntry: (name: string) => Promise.resolve(void files.delete(name)),
  };
  const local = new FakeStorage([...Object.values(localKeys), foreign.key]);
  const session = new FakeStorage([...Object.values(sessionKeys), foreign.key]);
  vi.stubGlobal('caches', caches);
  vi.stubGlobal('localStorage', local);
  vi.stubGlobal('sessionStorage', session);
  vi.stubGlobal('navigator', {
    storage: { getDirectory: () => Promise.resolve(root) },
    serviceWorker: { getRegistration: () => Promise.resolve({ unregister }) },
  });
  return { caches, files, local, session, unregister };
}

afterEach(() => vi.unstubAllGlobals());

it('leaves nothing of what the app has a name for, and all that others have', async () => {
  const browser = stubBrowser();
  for (const name of Object.values(databases)) await openStore(name).write({ put: [['a', 1]] });
  const opening = indexedDB.open(foreign.database, 1);
  await new Promise((resolve) => {
    opening.onupgradeneeded = () => opening.result.createObjectStore('records').put(1, 'a');
    opening.onsuccess = resolve;
  });

  await deleteEverything(scope);

  for (const name of Object.values(databases)) expect(await openStore(name).keys('')).toEqual([]);
  const count = opening.result.transaction('records').objectStore('records').count();
  await new Promise((resolve) => (count.onsuccess = resolve));
  expect(count.result).toBe(1);
  expect((await indexedDB.databases()).map(({ name }) => name).sort()).toEqual(
    [foreign.database, ...Object.values(databases).map(databaseName)].sort(),
  );
  expect(Object.keys(browser.local)).toEqual([foreign.key]);
  expect(Object.keys(browser.session)).toEqual([foreign.key]);
  expect([...browser.caches.left]).toEqual([foreign.cache]);
  expect([...browser.files]).toEqual([foreign.folder]);
  expect(browser.unregister).toHaveBeenCalledOnce();
});

it('leaves the caches of the app at another place of the same origin', async () => {
  const browser = stubBrowser();
  const elsewhere = cacheName('https://here.example/another/', 'build');
  browser.caches.left.add(elsewhere);
  await deleteEverything(scope);
  expect([...browser.caches.left]).toEqual([foreign.cache, elsewhere]);
});
