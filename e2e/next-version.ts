/** The version after this one, as `next-version.config.ts` builds it: another number, and other names for all files that hold a hash. */
import { spawnSync } from 'node:child_process';

export const nextVersion = '99.0.0';

/** Throws when the build fails. */
export function buildNext(folder: string): void {
  const args = ['--config', 'e2e/next-version.config.ts', '--outDir', folder, '--emptyOutDir'];
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status, stderr } = spawnSync('npx', ['vite', 'build', ...args, '--logLevel', 'error'], {
    env,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`The next version was not built: ${String(stderr)}`);
}
