/**
 * `npm run bench:gpu`: where this machine's Chromium has a GPU, measures and prints the table; elsewhere packs everything for one that has.
 * `-- here` measures with whatever adapter there is, `-- pack` packs in any case. A word after that measures only cases whose graph has it in
 * its path. See README.md.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumArgs, findChromium } from '../../e2e/browser.ts';
import { largeCases, smallCases, type Case } from './cases.ts';
import { fillAll } from './fill.ts';
import { leanGraphs, writeLeanGraphs } from './lean.ts';
import { openBench, printTable, write } from './measure.ts';
import { pack } from './pack.ts';

const root = join(import.meta.dirname, '../..');
const machine = { executablePath: findChromium(), args: chromiumArgs, port: 8141 };
const large = join(root, '.gpu/graphs');
const [wish = 'auto', only = ''] = process.argv.slice(2);
const chosen = (cases: readonly Case[]) => cases.filter(({ graph }) => graph.includes(only));
const folders = { ort: join(root, 'node_modules/onnxruntime-web/dist'), graphs: [root, large] };

if (wish === 'pack') packAll();
else await measureHere();

async function measureHere(): Promise<void> {
  const bench = await openBench(machine, folders, false);
  const isReal = bench.facts !== null && !bench.facts.software;
  try {
    if (isReal) {
      writeLeanGraphs(large, Object.values(leanGraphs));
      fillAll(large);
      const cases = largeCases(10, (path) => existsSync(join(large, path)));
      return await printTable(bench, chosen([...smallCases(20), ...cases]));
    }
  } finally {
    await bench.close();
  }
  if (wish !== 'here') return packFor(bench.facts === null);
  writeLeanGraphs(large, [leanGraphs.small]);
  fillAll(large);
  const software = await openBench(machine, folders, true);
  await printTable(software, chosen(smallCases(1))).finally(() => software.close());
}

function packFor(nothing: boolean): void {
  write(nothing ? 'This Chromium has no WebGPU.' : 'This Chromium has no GPU, only software.');
  write('Packing for a machine that has one; `-- here` measures all the same.');
  packAll();
}

/** Graphs travel without their weights, which are made up on the machine. */
function packAll(): void {
  writeLeanGraphs(large, Object.values(leanGraphs));
  pack(root, large);
}
