import { expect, test } from 'vitest';
import { shorten } from './format.ts';

test('a long text is cut at a word', () => {
  expect(shorten('a calm  beach\nat sunset', 40)).toBe('a calm beach at sunset');
  expect(shorten('a calm beach at sunset', 15)).toBe('a calm beach…');
  expect(shorten('abcdefghij', 4)).toBe('abcd…');
});
