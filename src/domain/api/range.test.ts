import fc from 'fast-check';
import { expect, test } from 'vitest';
import { namesTag, readRange } from './range.ts';

test.each([
  ['bytes=0-1', { start: 0, end: 2 }],
  ['bytes=0-', { start: 0, end: 100 }],
  ['bytes=99-', { start: 99, end: 100 }],
  ['bytes=50-500', { start: 50, end: 100 }],
  ['bytes=-10', { start: 90, end: 100 }],
  ['bytes=-1000', { start: 0, end: 100 }],
  ['Bytes = 5 - 5', { start: 5, end: 6 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=100-200', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=-', undefined],
  ['bytes=5-4', undefined],
  ['bytes=0-1,5-6', undefined],
  ['items=0-1', undefined],
  ['bytes=a-b', undefined],
  [undefined, undefined],
] as const)('%s of 100 bytes is %o', (header, expected) => {
  expect(readRange(header, 100)).toEqual(expected);
});

test('an empty file has no part', () => {
  expect(readRange('bytes=0-', 0)).toBe('unsatisfiable');
  expect(readRange('bytes=-1', 0)).toBe('unsatisfiable');
});

test('whatever is asked, a range lies within the file', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n }), fc.bigInt({ min: 0n }), fc.nat(), (first, last, size) => {
      for (const header of [`bytes=${first}-${last}`, `bytes=${first}-`, `bytes=-${last}`]) {
        const range = readRange(header, size);
        if (typeof range !== 'object') continue;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.start).toBeLessThan(range.end);
        expect(range.end).toBeLessThanOrEqual(size);
      }
    }),
  );
});

test('a tag is found among others, weak or not', () => {
  expect(namesTag('"a", W/"b"', '"b"')).toBe(true);
  expect(namesTag('*', '"b"')).toBe(true);
  expect(namesTag('"a"', '"b"')).toBe(false);
  expect(namesTag(undefined, '"b"')).toBe(false);
});
