/**
 * `npm run bench -- first [FOLDER …]`: from a cold page to its first finished picture, as a waterfall: when each large file was asked for and
 * was there, when the first step and the picture were done. FOLDER: other checkouts with a build of their own, measured in turn with this one, so
 * that all share what the machine does meanwhile. `?backend=webgpu` with `ZOETROPE_BACKEND=webgpu`.
 */
import type { Browser, Page } from '@playwright/test';
import { basename } from 'node:path';
import { launch, startServer } from './serve.ts';

const firstPort = 8130;
const runs = Number(process.env['ZOETROPE_RUNS'] ?? 3);
const backend = process.env['ZOETROPE_BACKEND'] ?? 'wasm';

/** What is looked for among the requests. */
const files = {
  'text encoder': /text_encoder\/model\.onnx$/,
  runtime: /ort-wasm.*\.wasm$/,
  UNet: /unet\/model\.onnx$/,
  decoder: /vae_decoder\/model\.onnx$/,
} as const;

type Mark = `${keyof typeof files} asked` | `${keyof typeof files} there` | 'encoded' | 'drawn' | 'picture';

/** Seconds since the page was asked for. */
type Waterfall = ReadonlyMap<Mark, number>;

export async function measureFirst(folders: readonly string[]): Promise<void> {
  const builds = [process.cwd(), ...folders];
  const servers = [];
  for (const [at, folder] of builds.entries()) servers.push(await startServer(firstPort + at, folder));
  const browser = await launch();
  try {
    const found = builds.map((): Waterfall[] => []);
    for (let run = 0; run < runs; run++)
      for (const at of builds.keys()) found[at]!.push(await firstPicture(browser, firstPort + at));
    print(builds, found);
  } finally {
    await browser.close();
    servers.forEach((server) => server.kill());
  }
}

async function firstPicture(browser: Browser, port: number): Promise<Waterfall> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const marks = new Map<Mark, number>();
  const begin = performance.now();
  const note = (mark: Mark) => marks.has(mark) || marks.set(mark, (performance.now() - begin) / 1000);
  const named = (url: string) =>
    (Object.keys(files) as (keyof typeof files)[]).find((name) => files[name].test(new URL(url).pathname));
  context.on('request', (request) => {
    const name = named(request.url());
    if (name) note(`${name} asked`);
  });
  context.on('requestfinished', (request) => {
    const name = named(request.url());
    if (name) note(`${name} there`);
  });
  await page.goto(`http://localhost:${port}/?backend=${backend}`);
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a calm beach at sunset');
  await page.getByRole('button', { name: 'Generate' }).click();
  const detail = await pictureDetail(page);
  const end = (performance.now() - begin) / 1000;
  marks.set('encoded', end - (detail.decodeMs + detail.denoiseMs) / 1000);
  marks.set('drawn', end - detail.decodeMs / 1000);
  marks.set('picture', end);
  await context.close();
  return marks;
}

/** The page leaves one User Timing entry for each picture, with the engine's own timings in its detail. */
async function pictureDetail(page: Page): Promise<{ denoiseMs: number; decodeMs: number }> {
  await page.waitForFunction(() => performance.getEntriesByName('zoetrope:picture').length > 0, undefined, {
    timeout: 300_000,
    polling: 20,
  });
  return page.evaluate(() => {
    const [entry] = performance.getEntriesByName('zoetrope:picture');
    return (entry as PerformanceMeasure).detail as { denoiseMs: number; decodeMs: number };
  });
}

function print(builds: readonly string[], found: readonly (readonly Waterfall[])[]): void {
  const names = Object.keys(files) as (keyof typeof files)[];
  const marks: Mark[] = [
    ...names.flatMap((name): Mark[] => [`${name} asked`, `${name} there`]),
    'encoded',
    'drawn',
    'picture',
  ];
  process.stdout.write(`Built-in model, ${backend}, medians of ${runs} cold pages, seconds\n\n`);
  process.stdout.write(`| | ${builds.map((folder) => basename(folder)).join(' | ')} |\n`);
  process.stdout.write(`|---|${builds.map(() => '---|').join('')}\n`);
  for (const mark of marks) {
    const row = found.map((each) => median(each.map((waterfall) => waterfall.get(mark) ?? NaN)).toFixed(2));
    process.stdout.write(`| ${mark} | ${row.join(' | ')} |\n`);
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
