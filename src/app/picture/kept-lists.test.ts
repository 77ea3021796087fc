import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localKeys } from '../../engine/stored-names.ts';
import { listName, loadLists, storeLists } from './kept-lists.ts';

function storageWith(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => void (kept = value),
    removeItem: () => void (kept = null),
  };
}

test('lists are there again after they were kept', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.array(fc.string())), (lists) => {
      const storage = storageWith();
      expect(storeLists(storage, lists)).toBe(true);
      expect({ ...loadLists(storage) }).toEqual({ ...lists });
    }),
  );
});

test.each([null, 'no json', '[]', '{"version":2,"lists":{"a":["b"]}}', '{"version":1,"lists":{"a":[1]}}'])(
  'what cannot be read is none: %s',
  (text) => expect(loadLists(storageWith(text))).toEqual({}),
);

test('a device without room for them says so', () => {
  const full = {
    ...storageWith(),
    setItem: (key: string) => {
      throw new DOMException(`no room for ${key}`, 'QuotaExceededError');
    },
  };
  expect(storeLists(full, { a: ['b'] })).toBe(false);
  expect(localKeys.lists).toContain('lists');
});

test('a name may stand between underscores', () => {
  expect(listName('Hair colours.txt')).toBe('Hair-colours');
  expect(listName('artists/dutch.txt')).toBe('artists/dutch');
  fc.assert(fc.property(fc.string(), (said) => void expect(listName(said)).not.toMatch(/[\s_|{}#$*]/)));
});
