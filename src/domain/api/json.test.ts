import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from './json.ts';

test('reads whatever JSON.stringify writes, as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 1, '\t'), (value, space) => {
      const text = JSON.stringify(value, null, space);
      expect(JSON.stringify(readJson(text))).toBe(JSON.stringify(JSON.parse(text)));
    }),
    { numRuns: 500 },
  );
});

test('refuses whatever JSON.parse refuses', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:0123-+.eE tfn\\u/\u0000') }), (text) => {
      const read = (parse: (text: string) => unknown) => {
        try {
          return JSON.stringify(parse(text));
        } catch {
          return 'refused';
        }
      };
      const theirs = read(JSON.parse);
      if (theirs === 'refused') expect(read(readJson)).toBe('refused');
    }),
    { numRuns: 5000 },
  );
});

test('a property named __proto__ is one like others', () => {
  expect(Object.keys(readJson('{"__proto__":{"prompt":"a"}}') as object)).toEqual(['__proto__']);
});

test('a byte order mark is no fault', () => {
  expect(readJson('\uFEFF[1]')).toEqual([1]);
});
