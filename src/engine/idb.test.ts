import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { AppError } from '../domain/errors.ts';
import { clearDatabases, isQuotaError, openStore } from './idb.ts';

const store = openStore('test');
const codeOf = (error: unknown) => (error instanceof AppError ? error.code : error);

afterEach(async () => {
  vi.restoreAllMocks();
  await store.clear();
});

test('what is written together is read together, in the order of keys', async () => {
  await store.write({
    put: [
      ['b:2', 'two'],
      ['b:1', 'one'],
      ['c:1', 'other'],
    ],
  });
  expect(await store.list('b:')).toEqual([
    ['b:1', 'one'],
    ['b:2', 'two'],
  ]);
  expect(await store.keys('')).toEqual(['b:1', 'b:2', 'c:1']);
  expect(await store.getMany(['c:1', 'x', 'b:1'])).toEqual(['other', undefined, 'one']);
});

test('removing takes single keys and whole prefixes', async () => {
  await store.write({ put: ['a', 'ab', 'f:a:1', 'f:a:2', 'f:ab:1'].map((key) => [key, 1] as const) });
  await store.write({ remove: ['a'], removePrefixes: ['f:a:'] });
  expect(await store.keys('')).toEqual(['ab', 'f:ab:1']);
});

test('an update sees the old value, and undefined leaves it alone', async () => {
  await store.write({ put: [['n', 1]] });
  await Promise.all([1, 2, 3].map(() => store.update('n', (value) => (value as number) + 1)));
  await store.update('n', () => undefined);
  expect(await store.get('n')).toBe(4);
});

test('when the quota is exceeded, nothing of the write stays and the error says so', async () => {
  const real: unknown = Reflect.get(IDBObjectStore.prototype, 'put');
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (args[1] === 'second') throw new DOMException('no space', 'QuotaExceededError');
    return Reflect.apply(real as IDBObjectStore['put'], this, args);
  });
  const writing = store.write({
    put: [
      ['first', 1],
      ['second', 2],
    ],
  });
  expect(await writing.catch(codeOf)).toBe('storage-full');
  expect(await store.keys('')).toEqual([]);
});

test('quota found exceeded only at the commit is recognised too', async () => {
  vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: IDBTransaction) {
    const value = new DOMException('no space', 'QuotaExceededError');
    this.abort();
    Object.defineProperty(this, 'error', { value });
  });
  expect(await store.write({ put: [['a', 1]] }).catch(codeOf)).toBe('storage-full');
});

test('any other failure is storage-failed', async () => {
  expect(await store.write({ put: [['a', () => 'a function cannot be stored']] }).catch(codeOf)).toBe(
    'storage-failed',
  );
  const change = () => {
    throw new Error('bad updater');
  };
  expect(isQuotaError(new Error('x'))).toBe(false);
  expect(await store.update('a', change).catch(codeOf)).toBe('storage-failed');
});

test('deleting all empties the databases of the app and no other', async () => {
  const request = indexedDB.open('another-app');
  request.onupgradeneeded = () => request.result.createObjectStore('things').put('kept', 'key');
  await new Promise((resolve) => (request.onsuccess = resolve));
  await store.write({ put: [['a', 1]] });
  await openStore('other').write({ put: [['b', 1]] });
  await clearDatabases();
  expect([await store.keys(''), await openStore('other').keys('')]).toEqual([[], []]);
  const things = request.result.transaction('things').objectStore('things').get('key');
  await new Promise((resolve) => (things.onsuccess = resolve));
  expect(things.result).toBe('kept');
});
