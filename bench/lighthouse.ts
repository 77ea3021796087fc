/**
 * `npm run bench:lighthouse`: Lighthouse on the production build, as a phone on a slow network and as a desktop, each several times on a
 * fresh profile. Lighthouse is fetched by npx when it is not there: nothing else needs it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumArgs, findChromium } from '../e2e/browser.ts';
import { startServer } from './serve.ts';

const lighthouse = 'lighthouse@12.8.2';
const port = 8127;
const runs = Number(process.argv[2] ?? 3);
const presets = { phone: [], desktop: ['--preset=desktop'] } as const;
const categories = ['performance', 'accessibility', 'best-practices'] as const;

interface Report {
  readonly categories: Readonly<Record<(typeof categories)[number], { readonly score: number }>>;
  readonly audits: Readonly<
    Record<
      string,
      {
        readonly title: string;
        readonly score: number | null;
        readonly numericValue?: number;
        readonly scoreDisplayMode: string;
      }
    >
  >;
}

const server = await startServer(port);
const folder = mkdtempSync(join(tmpdir(), 'zoetrope-lighthouse-'));
try {
  for (const name of Object.keys(presets) as (keyof typeof presets)[]) print(name, measure(name));
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}

function measure(name: keyof typeof presets): Report[] {
  return Array.from({ length: runs }, (_, index) => {
    const path = join(folder, `${name}-${index}.json`);
    const args = [
      `http://localhost:${port}/`,
      ...presets[name],
      `--only-categories=${categories.join(',')}`,
      `--chrome-flags=${['--headless=new', ...chromiumArgs].join(' ')}`,
      ...['--output=json', `--output-path=${path}`, '--quiet'],
    ];
    const env = { ...process.env, CHROME_PATH: findChromium() ?? '' };
    const { status } = spawnSync('npx', ['--yes', lighthouse, ...args], { env, stdio: 'inherit' });
    if (status !== 0) throw new Error('Lighthouse did not come to an end.');
    return JSON.parse(readFileSync(path, 'utf8')) as Report;
  });
}

function print(name: string, reports: readonly Report[]): void {
  const score = (category: (typeof categories)[number]) =>
    spread(reports.map((report) => report.categories[category].score * 100));
  const metric = (audit: string, digits = 0) =>
    spread(
      reports.map((report) => report.audits[audit]?.numericValue ?? NaN),
      digits,
    );
  const rows = [
    ...categories.map((category) => [category, score(category)]),
    ['first contentful paint (ms)', metric('first-contentful-paint')],
    ['largest contentful paint (ms)', metric('largest-contentful-paint')],
    ['total blocking time (ms)', metric('total-blocking-time')],
    ['cumulative layout shift', metric('cumulative-layout-shift', 3)],
  ];
  process.stdout.write(
    `\n${name}, median (lowest to highest) of ${runs}\n\n| measure | value |\n|---|---|\n`,
  );
  for (const row of rows) process.stdout.write(`| ${row.join(' | ')} |\n`);
  const failed = new Set(reports.flatMap(notPassed));
  for (const title of failed) process.stdout.write(`not passed: ${title}\n`);
}

function notPassed({ audits }: Report): string[] {
  return Object.values(audits)
    .filter(({ scoreDisplayMode, score }) => scoreDisplayMode === 'binary' && score === 0)
    .map(({ title }) => title);
}

function spread(values: readonly number[], digits = 0): string {
  const sorted = values.toSorted((a, b) => a - b);
  const show = (index: number) => sorted[index]!.toFixed(digits);
  return `${show(Math.floor(sorted.length / 2))} (${show(0)} to ${show(sorted.length - 1)})`;
}
