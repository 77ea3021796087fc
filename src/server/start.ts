/** `npm start`: builds if anything changed since the last build, then serves the production build; `--headless` also opens a tab that draws. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { openHeadless } from './headless.ts';

const root = join(import.meta.dirname, '../..');
const sources = [
  'index.html',
  'docs.html',
  'redoc.html',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'tsconfig.json',
  'src',
  'public',
];

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: process.env['PORT'] ?? '8000' },
    host: { type: 'string', default: 'localhost' },
    headless: { type: 'boolean', default: false },
  },
});

await buildIfNeeded();
await serve(Number(options.port), options.host);

async function buildIfNeeded(): Promise<void> {
  const index = join(root, 'dist/index.html');
  const builtMs = existsSync(index) ? statSync(index).mtimeMs : 0;
  const changedMs = Math.max(...sources.map((source) => newestMs(join(root, source))));
  if (builtMs > changedMs) return;
  say('Building Zoetrope …');
  await build({ root, logLevel: 'warn' });
}

function newestMs(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

async function serve(port: number, host: string): Promise<void> {
  try {
    await preview({ root, preview: { port, host, strictPort: true }, logLevel: 'warn' });
    const url = `http://${host}:${port}/`;
    say(`Zoetrope is at ${url} (Ctrl+C ends it)`);
    const everywhere = host === '0.0.0.0' || host === '::';
    if (options.headless) openHeadless(everywhere ? `http://localhost:${port}/` : url, say);
  } catch (error) {
    if (!(error instanceof Error && /in use|EADDRINUSE/.test(error.message))) throw error;
    say(
      `Port ${port} is taken by another program. End that one, or choose another: npm start -- --port ${port + 1}`,
    );
    process.exitCode = 1;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
