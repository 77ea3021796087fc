/** Who imports whom: the source as a graph of files and of rooms. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** File → files that it imports, types included. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Of everything below `folder` but tests. */
export function importGraph(folder: string): ImportGraph {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));
  const known = new Set(files);
  return new Map(files.map((file) => [file, importsOf(file).filter((other) => known.has(other))]));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*'(\.[^']+\.tsx?)'/g)].map(([, path]) =>
    join(dirname(file), path!),
  );
}

/** The first circle that is met, as a way from a file back to it; null where there is none. */
export function circleIn(graph: ImportGraph): string[] | null {
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

/** Files that reach each other both ways, in groups: as many circles as would have to be cut apart. */
export function tangles(graph: ImportGraph): string[][] {
  const reach = new Map([...graph.keys()].map((file) => [file, reachedFrom(graph, file)]));
  const groups: string[][] = [];
  for (const file of graph.keys()) {
    if (!reach.get(file)!.has(file) || groups.some((group) => group.includes(file))) continue;
    groups.push([...reach.get(file)!].filter((other) => reach.get(other)?.has(file)));
  }
  return groups;
}

function reachedFrom(graph: ImportGraph, start: string): Set<string> {
  const reached = new Set<string>();
  const open = [...(graph.get(start) ?? [])];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    open.push(...(graph.get(file) ?? []));
  }
  return reached;
}

/** `app/film` for `src/app/film/ui/scrubber.tsx`: folders of the second level; a folder further in belongs to its room. */
export function roomOf(file: string, folder: string): string {
  return relative(folder, dirname(file)).split(sep).slice(0, 2).join('/');
}

/** Rooms that import each other, as `a ↔ b`. A room and the floor that it stands on (`app`, `app/film`) count as any two. */
export function twoWayPairs(graph: ImportGraph, folder: string): string[] {
  const edges = new Set<string>();
  for (const [file, imports] of graph) {
    for (const other of imports) edges.add(`${roomOf(file, folder)} ${roomOf(other, folder)}`);
  }
  return [...edges].flatMap((edge) => {
    const [from, to] = edge.split(' ') as [string, string];
    return from < to && edges.has(`${to} ${from}`) ? [`${from} ↔ ${to}`] : [];
  });
}
