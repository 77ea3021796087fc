import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Work } from '../../domain/recipe/work.ts';
import { neighbour, toggleSelected, visibleWorks } from './gallery-state.ts';

const work = (id: string, change: Partial<Work> = {}): Work => ({
  version: 1,
  id,
  createdAtMs: 0,
  kind: 'image',
  text: `a robot ${id}`,
  recipe: null,
  mediaType: 'image/png',
  sizeBytes: 1,
  width: 1,
  height: 1,
  favourite: false,
  ...change,
});
const works = [work('a'), work('b', { favourite: true }), work('c', { kind: 'film', text: 'a sunset' })];
const ids = (list: readonly Work[]) => list.map(({ id }) => id).join('');

test('search and filter both have to agree', () => {
  expect(ids(visibleWorks(works, '', 'all'))).toBe('abc');
  expect(ids(visibleWorks(works, '', 'pictures'))).toBe('ab');
  expect(ids(visibleWorks(works, '', 'films'))).toBe('c');
  expect(ids(visibleWorks(works, 'robot', 'favourites'))).toBe('b');
  expect(ids(visibleWorks(works, 'sunset', 'favourites'))).toBe('');
});

test('a press chooses and lets go; with Shift everything in between is chosen, in either direction', () => {
  const order = [...'abcdef'];
  expect(toggleSelected([], 'b', order, null)).toEqual(['b']);
  expect(toggleSelected(['b'], 'b', order, null)).toEqual([]);
  expect(toggleSelected(['b'], 'd', order, 'b')).toEqual(['b', 'c', 'd']);
  expect(toggleSelected(['e'], 'c', order, 'e')).toEqual(['e', 'c', 'd']);
  expect(toggleSelected(['x'], 'c', order, 'x')).toEqual(['x', 'c']);
});

test('nothing is ever chosen twice', () => {
  const order = [...'abcdefgh'];
  const press = fc.tuple(fc.constantFrom(...order), fc.boolean());
  fc.assert(
    fc.property(fc.array(press, { maxLength: 20 }), (presses) => {
      let selected: readonly string[] = [];
      let last: string | null = null;
      for (const [id, shift] of presses) {
        selected = toggleSelected(selected, id, order, shift ? last : null);
        last = id;
      }
      expect(new Set(selected).size).toBe(selected.length);
    }),
  );
});

test('before the first and behind the last there is no neighbour', () => {
  expect([-1, 1, 2].map((steps) => neighbour(['a', 'b'], 'a', steps))).toEqual([undefined, 'b', undefined]);
  expect(neighbour(['a'], 'gone', 1)).toBeUndefined();
});
