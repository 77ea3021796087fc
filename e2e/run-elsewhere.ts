/**
 * `npm run e2e:firefox`, `npm run e2e:webkit`: makes sure that there is that browser and a production build, then runs its stories. As root on
 * Debian what is missing is installed. Arguments go on to Playwright.
 */
import { spawnSync } from 'node:child_process';
import { findMiniBrowser } from './webkit/webdriver.ts';

interface Place {
  readonly packages: readonly string[];
  readonly isThere: () => boolean;
  readonly missing: string;
}

const answers = (command: string) => spawnSync(command, ['--version']).error === undefined;
const hasFfmpeg = () => spawnSync('ffprobe', ['-version']).status === 0;

const places: Readonly<Record<string, Place>> = {
  firefox: {
    packages: ['firefox-esr', 'ffmpeg'],
    isThere: () => answers(process.env['FIREFOX_PATH'] ?? 'firefox-esr') && hasFfmpeg(),
    missing: 'a Firefox (`FIREFOX_PATH`) and ffmpeg',
  },
  webkit: {
    packages: ['webkit2gtk-driver', 'xvfb', 'ffmpeg'],
    isThere: () => findMiniBrowser() !== undefined && answers('WebKitWebDriver') && hasFfmpeg(),
    missing: 'WebKitGTK with its driver and MiniBrowser (`WEBKIT_PATH`), Xvfb and ffmpeg',
  },
};

function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

const [name = '', ...others] = process.argv.slice(2);
const place = places[name];
if (!place) throw new Error(`There is no browser “${name}”: ${Object.keys(places).join(', ')}.`);
if (!place.isThere() && process.getuid?.() === 0)
  run('sh', ['-c', `apt-get update -qq && apt-get install -y -qq ${place.packages.join(' ')}`]);
if (!place.isThere()) {
  process.stderr.write(`These stories need ${place.missing}.\n`);
  process.exit(1);
}
const built = run('npx', ['vite', 'build', '--logLevel', 'warn']);
const passed = built && run('npx', ['playwright', 'test', '-c', `e2e/${name}.config.ts`, ...others]);
process.exitCode = passed ? 0 : 1;
