/** No file of these rooms may reach itself through what it imports, types included: a circle has no order in which to read it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const sourceFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map((name) => join(folder, name));

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(/(?:\bfrom|\bimport\()\s*'(\.[^']+\.tsx?)'/g)].map(([, path]) =>
    join(dirname(file), path!),
  );
}

/** The first circle that is met, as a path from a file to itself; null where there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return null;
}

test('a circle is found, and told as a way round', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['b']],
  ]);
  expect(circleIn(graph)).toEqual(['b', 'd', 'b']);
  graph.set('d', []);
  expect(circleIn(graph)).toBeNull();
});

test.each(['app', 'engine', 'video', 'sw', 'server'])('src/%s has no circle of files', (room) => {
  const files = sourceFiles(join('src', room));
  expect(files.length).toBeGreaterThan(0);
  expect(circleIn(new Map(files.map((file) => [file, importsOf(file)])))).toBeNull();
});
