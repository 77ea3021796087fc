/**
 * `npm run bench`: measures the production build in a real Chromium on this machine and prints a table. Seconds differ from machine to
 * machine; what the project promises are the ratios and limits in the last column. `-- memory`: see `memory.ts`; `-- fast`: `fast/run.ts`; `-- first`: `first.ts`.
 */
import type { Browser, Page } from '@playwright/test';
import { judgeFast } from './fast/run.ts';
import { measureFirst } from './first.ts';
import { gzipKb } from './gzip.ts';
import { measureMemory } from './memory.ts';
import { launch, startServer } from './serve.ts';
import { startTrace } from './trace.ts';

const port = 8124;
const url = `http://localhost:${port}/?backend=wasm`;
const runs = 3;

interface PictureMeasure {
  readonly steps: number;
  readonly encodeMs: number;
  readonly denoiseMs: number;
  readonly decodeMs: number;
  readonly runtimeMs: number;
}

const [wish, backend = 'wasm', ...others] = process.argv.slice(2);
if (wish === 'memory') await measureMemory(backend === 'webgpu' ? 'webgpu' : 'wasm');
else if (wish === 'first') await measureFirst(process.argv.slice(3));
else if (wish === 'fast') await judgeFast([backend, ...others]);
else await measurePictures();

async function measurePictures(): Promise<void> {
  const server = await startServer(port);
  const browser = await launch();
  try {
    await printTable(browser);
  } finally {
    await browser.close();
    server.kill();
  }
}

async function printTable(browser: Browser): Promise<void> {
  const initialKb = await initialScriptKb(browser);
  const cold = [];
  for (let run = 0; run < runs; run++) cold.push(await coldPicture(browser));
  const coldSec = median(cold.map((each) => each.firstPictureSec));
  const pictures = cold.flatMap((each) => each.pictures);
  const stepSec = median(pictures.map((each) => each.denoiseMs / each.steps / 1000));
  const decodeSec = median(pictures.map((each) => each.decodeMs / 1000));
  const outside = median(pictures.map(shareOutsideRuntime));
  const longestMs = median(cold.map((each) => each.longestTask.wallMs));
  const longestCpuMs = median(cold.map((each) => each.longestTask.cpuMs));
  const rows = [
    ['time to first picture, cold page (s)', coldSec.toFixed(2), ''],
    ['seconds per guided step', stepSec.toFixed(3), ''],
    ['decode (s)', decodeSec.toFixed(3), ''],
    ['share of time outside ONNX Runtime', `${(outside * 100).toFixed(1)} %`, '< 5 %'],
    ['initial JavaScript, gzip (kB)', initialKb.toFixed(1), '< 150'],
    ['longest main-thread task while generating (ms)', longestMs.toFixed(0), '< 50'],
    ['… of processor time', longestCpuMs.toFixed(1), ''],
  ];
  process.stdout.write(`Built-in model, WASM, ${browser.version()}, median of ${runs} cold pages\n\n`);
  process.stdout.write('| measure | value | limit |\n|---|---|---|\n');
  for (const row of rows) process.stdout.write(`| ${row.join(' | ')} |\n`);
}

/** Everything that is JavaScript and arrives before anyone touches the page. */
async function initialScriptKb(browser: Browser): Promise<number> {
  const page = await browser.newPage();
  const bodies: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.headers()['content-type']?.includes('javascript')) bodies.push(response.body());
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const sizes = (await Promise.all(bodies)).map(gzipKb);
  await page.close();
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** A new browser profile: nothing cached. The second picture, with all loaded, is traced for main-thread tasks. */
async function coldPicture(browser: Browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  const begin = Date.now();
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a calm beach at sunset');
  await generate(page, 1);
  const firstPictureSec = (Date.now() - begin) / 1000;
  const trace = await startTrace(await browser.newBrowserCDPSession());
  await generate(page, 2);
  const longestTask = await trace.stop();
  const pictures = await measures(page);
  await context.close();
  return { firstPictureSec, longestTask, pictures };
}

async function generate(page: Page, expectedCount: number): Promise<void> {
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.waitForFunction(
    (count) => performance.getEntriesByName('zoetrope:picture').length >= count,
    expectedCount,
    { timeout: 300_000 },
  );
}

/** The page leaves one User Timing entry for each picture, with the engine's own timings in its detail. */
function measures(page: Page): Promise<PictureMeasure[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByName('zoetrope:picture')
      .map((entry) => (entry as PerformanceMeasure).detail as PictureMeasure),
  );
}

function shareOutsideRuntime({ encodeMs, denoiseMs, decodeMs, runtimeMs }: PictureMeasure): number {
  const totalMs = encodeMs + denoiseMs + decodeMs;
  return (totalMs - runtimeMs) / totalMs;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
