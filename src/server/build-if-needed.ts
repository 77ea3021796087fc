import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefusal } from './start-options.ts';

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

/**
 * Builds if a source is newer than the last build. In a process of its own, which ends: the build takes a gigabyte, and a server would keep it
 * for as long as it runs. Throws `StartRefusal` when the build fails, which has then said why.
 */
export function buildIfNeeded(root: string, onBuild: () => void): void {
  const index = join(root, 'dist/index.html');
  const builtMs = existsSync(index) ? statSync(index).mtimeMs : 0;
  const changedMs = Math.max(...sources.map((source) => newestMs(join(root, source))));
  if (builtMs > changedMs) return;
  onBuild();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new StartRefusal('Zoetrope could not be built: see above.');
}

function newestMs(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}
