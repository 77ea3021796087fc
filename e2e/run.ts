/** `npm run e2e`: makes sure that there is a browser and a fresh production build, then runs Playwright. Arguments go on to it. */
import { spawnSync } from 'node:child_process';
import { findChromium } from './browser.ts';

function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

/** Playwright's own download first; on Debian as root the distribution's package. */
function installChromium(): void {
  if (run('npx', ['playwright', 'install', 'chromium'])) return;
  installPackage('chromium');
}

function installPackage(name: string): void {
  if (process.getuid?.() === 0) run('sh', ['-c', `apt-get update -qq && apt-get install -y -qq ${name}`]);
}

/** Films are judged by another program than the one that made them. */
const hasFfmpeg = () => spawnSync('ffprobe', ['-version']).status === 0;

if (findChromium() === undefined) installChromium();
if (findChromium() === undefined) {
  process.stderr.write('No Chromium was found or could be installed. Set CHROMIUM_PATH to one.\n');
  process.exit(1);
}
if (!hasFfmpeg()) installPackage('ffmpeg');
if (!hasFfmpeg()) {
  process.stderr.write(
    'No ffmpeg was found or could be installed: the tests of films need ffprobe and ffmpeg.\n',
  );
  process.exit(1);
}
const passed = run('npx', ['vite', 'build', '--logLevel', 'warn']);
process.exitCode = passed && run('npx', ['playwright', 'test', ...process.argv.slice(2)]) ? 0 : 1;
