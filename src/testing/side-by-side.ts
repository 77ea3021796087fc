/** Runs npm scripts at the same time, those that keep one core busy each: `tsx src/testing/side-by-side.ts format lint types`. */
import { spawn } from 'node:child_process';

/** Resolves to whether it passed. What it prints comes in one piece, at its end. */
function run(script: string): Promise<boolean> {
  const child = spawn('npm', ['run', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => printed.push(part));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(printed));
      process.stdout.write(code === 0 ? `${script}: passed\n` : `${script}: FAILED\n`);
      resolve(code === 0);
    });
  });
}

const passed = await Promise.all(process.argv.slice(2).map(run));
process.exitCode = passed.every(Boolean) ? 0 : 1;
