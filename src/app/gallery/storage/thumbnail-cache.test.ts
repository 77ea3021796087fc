import { expect, test } from 'vitest';
import { createThumbnailCache } from './thumbnail-cache.ts';

function scene() {
  const reads: string[][] = [];
  const live = new Set<string>();
  let count = 0;
  const cache = createThumbnailCache(
    {
      thumbnails: (ids) => {
        reads.push([...ids]);
        return Promise.resolve(ids.map((id) => (id === 'none' ? null : new Blob([id]))));
      },
    },
    {
      create: () => {
        const url = `blob:${count++}`;
        live.add(url);
        return url;
      },
      revoke: (url) => live.delete(url),
    },
  );
  return { cache, reads, live };
}

test('what is asked for together is read together, and each only once', async () => {
  const { cache, reads } = scene();
  const [a, again, none] = await Promise.all([cache.load('a'), cache.load('a'), cache.load('none')]);
  expect([a, again, none]).toEqual(['blob:0', 'blob:0', null]);
  expect(await cache.load('a')).toBe('blob:0');
  expect(reads).toEqual([['a', 'none']]);
  expect([cache.peek('a'), cache.peek('none'), cache.peek('b')]).toEqual(['blob:0', null, undefined]);
});

test('of many, the oldest are let go; clearing lets go of all', async () => {
  const { cache, live } = scene();
  for (let i = 0; i < 1000; i++) await cache.load(`w${i}`);
  expect(live.size).toBe(600);
  expect(cache.peek('w0')).toBeUndefined();
  expect(cache.peek('w999')).toBe('blob:999');
  cache.clear();
  expect(live.size).toBe(0);
});
