/** No file may reach itself through what it imports, types included, and no room another that imports it: a circle has no order in which to read it. */
import { expect, test } from 'vitest';
import { circleIn, importGraph, roomOf, tangles, twoWayPairs } from './rooms.ts';

const source = importGraph('src');

test('a circle is found, and told as a way round', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['b']],
  ]);
  expect(circleIn(graph)).toEqual(['b', 'd', 'b']);
  expect(tangles(graph)).toEqual([['d', 'b']]);
  graph.set('d', []);
  expect(circleIn(graph)).toBeNull();
  expect(tangles(graph)).toEqual([]);
});

test('rooms that import each other are found, whichever files do', () => {
  const graph = new Map([
    ['src/app/film/ui/a.ts', ['src/app/base/b.ts']],
    ['src/app/base/c.ts', ['src/app/film/d.ts']],
    ['src/app/film/d.ts', ['src/domain/e.ts']],
  ]);
  expect(twoWayPairs(graph, 'src')).toEqual(['app/base ↔ app/film']);
});

test('the source has its rooms', () => {
  const rooms = new Set([...source.keys()].map((file) => roomOf(file, 'src')));
  expect([...rooms]).toEqual(
    expect.arrayContaining([
      'app/film',
      'domain/diffusion',
      'engine',
      'worker/graphs',
      'video',
      'sw',
      'server',
    ]),
  );
});

test('no file of the source reaches itself', () => {
  expect(circleIn(source)).toBeNull();
});

test('no two rooms of the source import each other', () => {
  expect(twoWayPairs(source, 'src')).toEqual([]);
});
