import { expect, test } from 'vitest';
import { workVersion, type Work } from '../../../domain/recipe/work.ts';
import { amountOf, cachedBytes } from './stored-facts.ts';

const work = (kind: Work['kind'], sizeBytes: number) => ({ version: workVersion, kind, sizeBytes }) as Work;

test('pictures and films are counted apart', () => {
  const works = [work('image', 5), work('film', 70), work('image', 6)];
  expect(amountOf(works, 'image')).toEqual({ count: 2, bytes: 11 });
  expect(amountOf(works, 'film')).toEqual({ count: 1, bytes: 70 });
});

test('only our own caches count, by what they hold and not by what was sent compressed', async () => {
  const caches: Record<string, Response[]> = {
    'zoetrope:/app/:build': [
      new Response('12345', { headers: { 'Content-Length': '5' } }),
      new Response('1234567', { headers: { 'Content-Length': '2', 'Content-Encoding': 'gzip' } }),
      new Response('123'),
    ],
    'zoetrope:/other/:build': [new Response('123456789')],
  };
  const storage = {
    keys: () => Promise.resolve(Object.keys(caches)),
    open: (name: string) =>
      Promise.resolve({
        keys: () => Promise.resolve(caches[name]!.map((_, index) => index)),
        match: (index: number) => Promise.resolve(caches[name]![index]),
      }),
  } as unknown as CacheStorage;
  expect(await cachedBytes(storage, 'https://example.test/app/')).toBe(15);
  expect(await cachedBytes(undefined, 'https://example.test/app/')).toBe(0);
});
