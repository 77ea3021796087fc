import fc from 'fast-check';
import { expect, test } from 'vitest';
import { familyOf, sizeOfFamily, type Family } from './family.ts';

interface Kin {
  readonly id: string;
  readonly createdAtMs: number;
  readonly from?: string;
}

const work = (id: string, createdAtMs: number, from?: string): Kin => ({
  ...{ id, createdAtMs },
  ...(from !== undefined && { from }),
});
/** `a(b c(d))` */
const written = ({ id, work: kept, children }: Family<Kin>): string =>
  `${kept ? id : `${id}?`}${children.length > 0 ? `(${children.map(written).join(' ')})` : ''}`;

const works = [work('d', 4, 'c'), work('c', 3, 'a'), work('b', 2, 'a'), work('a', 1), work('x', 5)];

test('every member of a family sees the same tree, oldest first', () => {
  for (const id of ['a', 'b', 'c', 'd']) expect(written(familyOf(works, id))).toBe('a(b c(d))');
  expect(sizeOfFamily(familyOf(works, 'b'))).toBe(4);
});

test('what came from nothing and led to nothing stands alone', () => {
  expect(written(familyOf(works, 'x'))).toBe('x');
});

test('a deleted parent still holds its children together', () => {
  const left = works.filter(({ id }) => id !== 'a');
  expect(written(familyOf(left, 'd'))).toBe('a?(b c(d))');
});

test('whatever records say of each other, a tree comes of it, and the work is in it once', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const anyWorks = fc.array(fc.option(fc.constantFrom(...ids), { nil: undefined }), {
    minLength: 5,
    maxLength: 5,
  });
  fc.assert(
    fc.property(anyWorks, fc.constantFrom(...ids), (parents, id) => {
      const all = ids.map((each, at) => work(each, at, parents[at]));
      const names = written(familyOf(all, id)).match(/[a-e]/g)!;
      expect(names.length).toBe(new Set(names).size);
      expect(names).toContain(id);
    }),
  );
});
