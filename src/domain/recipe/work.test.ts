import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesSearch, newWorkId, readWork, type Work } from './work.ts';

const work: Work = {
  version: 1,
  id: '0abc-1',
  createdAtMs: 5,
  kind: 'image',
  text: 'A cute Robot\nin a Café',
  recipe: { version: 99, anything: true },
  mediaType: 'image/png',
  sizeBytes: 10,
  width: 256,
  height: 256,
  favourite: false,
};

test('a work is read as it is, its recipe untouched even if it is of another version', () => {
  expect(readWork(work)).toStrictEqual(work);
  expect(readWork({ ...work, durationSec: 3.5 })).toStrictEqual({ ...work, durationSec: 3.5 });
  expect(readWork({ ...work, from: '0abc-0' })).toStrictEqual({ ...work, from: '0abc-0' });
  expect(readWork({ ...work, via: 'api' })).toStrictEqual({ ...work, via: 'api' });
});

test('records of other versions and other things are undefined', () => {
  expect(readWork({ ...work, version: 2 })).toBeUndefined();
  expect(readWork({ ...work, mediaType: 'text/html' })).toBeUndefined();
  expect(readWork({ ...work, id: '../x' })).toBeUndefined();
  fc.assert(fc.property(fc.anything(), (data) => readWork(data) === undefined));
});

test('ids sort as their times do', () => {
  const moment = fc.integer({ min: 0, max: 36 ** 9 - 1 });
  const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(moment, moment, part, part, (a, b, x, y) => {
      fc.pre(a < b);
      expect(newWorkId(a, x) < newWorkId(b, y)).toBe(true);
      expect(newWorkId(a, x)).toMatch(/^[a-z0-9-]{16}$/);
    }),
  );
});

test.each([
  ['', true],
  ['robot', true],
  ['CAFE cute', true],
  ['café', true],
  ['robot dog', false],
])('searching for %j finds it: %s', (search, found) => {
  expect(matchesSearch(work, search)).toBe(found);
});
