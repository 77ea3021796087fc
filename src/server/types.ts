/** Type-checks every environment with its own tsconfig (the `lib` of each proves what it may touch). */
import { spawnSync } from 'node:child_process';

const projects = [
  'src/domain',
  'src/engine',
  'src/worker',
  'src/video',
  'src/sw',
  'src/app',
  'src/server',
  'src/tsconfig.test.json',
  'e2e',
  'bench',
];

let failed = 0;
for (const project of projects) {
  const { status } = spawnSync('npx', ['tsc', '-p', project], { stdio: 'inherit' });
  if (status !== 0) failed += 1;
}
process.stdout.write(`types: ${projects.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
