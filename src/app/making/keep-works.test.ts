import { expect, test } from 'vitest';
import { beyondLimit, keepApiWork, type KeptWork } from './keep-works.ts';

const work = (id: string, createdAtMs: number, changes: Partial<KeptWork> = {}): KeptWork => ({
  ...{ id, createdAtMs, favourite: false, via: 'api' },
  ...changes,
});

test('where nobody looks the newest of what scripts asked for stay, and none for ever', () => {
  const works = [work('e', 50), work('d', 40), work('c', 30), work('b', 20), work('a', 10)];
  expect(beyondLimit(works, { works: 3, ageMs: 1000 })).toEqual(['b', 'a']);
  expect(beyondLimit(works, { works: 9, ageMs: 15 })).toEqual(['c', 'b', 'a']);
  expect(beyondLimit([], { works: 3, ageMs: 1 })).toEqual([]);
});

test('what a person made, or marked as a favourite, is never among them', () => {
  const { id, createdAtMs, favourite } = work('p', 1);
  const made = { id, createdAtMs, favourite };
  const works = [work('z', 90), made, work('f', 0, { favourite: true })];
  expect(beyondLimit(works, { works: 1, ageMs: 1 })).toEqual([]);
});

test('they go when the next is kept, where there is a limit', async () => {
  const kept: KeptWork[] = [work('a', 1)];
  const gallery = {
    add: () => {
      kept.unshift(work('b', 2));
      return Promise.resolve({ id: 'b' });
    },
    remove: (ids: readonly string[]) => {
      for (const id of ids)
        kept.splice(
          kept.findIndex((each) => each.id === id),
          1,
        );
      return Promise.resolve();
    },
    list: () => Promise.resolve([...kept]),
  };
  const keeping = { gallery: () => Promise.resolve(gallery), usage: () => Promise.resolve(null) };
  const keep = (limit?: { works: number; ageMs: number }) =>
    keepApiWork({ deps: { keeping: { ...keeping, limit } } } as never, {} as never);
  await keep();
  expect(kept.map(({ id }) => id)).toEqual(['b', 'a']);
  await keep({ works: 1, ageMs: 1000 });
  expect(kept.map(({ id }) => id)).toEqual(['b']);
});
