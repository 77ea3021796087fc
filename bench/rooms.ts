/** The rooms of a source tree in numbers: `npx tsx bench/rooms.ts [src]`. Another checkout's can be counted by its path. */
import { importGraph, roomOf, tangles, twoWayPairs } from '../src/testing/rooms.ts';

const folder = process.argv[2] ?? 'src';
const graph = importGraph(folder);
const files = new Map<string, number>();
for (const file of graph.keys()) {
  const room = roomOf(file, folder);
  files.set(room, (files.get(room) ?? 0) + 1);
}
const print = (line: string) => process.stdout.write(`${line}\n`);
print(`${graph.size} files in ${files.size} rooms`);
const pairs = twoWayPairs(graph, folder);
print(`${pairs.length} pairs of rooms that import each other`);
pairs.forEach((pair) => print(`  ${pair}`));
const groups = tangles(graph);
print(`${groups.length} circles of files`);
groups.forEach((group) => print(`  ${group.join(' ')}`));
for (const [room, count] of [...files].sort(([a], [b]) => a.localeCompare(b))) print(`  ${room}: ${count}`);
