import { expect, test } from 'vitest';
import { isStorageShort, readStorageUsage } from './usage.ts';

const [megabyte, gigabyte] = [1024 ** 2, 1024 ** 3];
const usage = (usedBytes: number, quotaBytes: number) => ({ usedBytes, quotaBytes, persistent: false });

test.each([
  ['an empty origin on a large disk', usage(0, 100 * gigabyte), false],
  ['97 % of a large disk, with gigabytes left', usage(97 * gigabyte, 100 * gigabyte), false],
  ['little left of a large quota', usage(9.9 * gigabyte, 10 * gigabyte), true],
  ['a small quota that is hardly used', usage(1 * megabyte, 50 * megabyte), false],
  ['a small quota that is nearly full', usage(48 * megabyte, 50 * megabyte), true],
  ['more used than granted', usage(2 * gigabyte, gigabyte), true],
])('%s: short is %s', (_, given, short) => {
  expect(isStorageShort(given)).toBe(short);
});

test('a browser that does not tell gives null', async () => {
  const storage = { estimate: () => Promise.resolve({}), persisted: () => Promise.resolve(false) };
  expect(await readStorageUsage(storage as unknown as StorageManager)).toBeNull();
});
