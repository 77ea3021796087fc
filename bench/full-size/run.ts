/**
 * A pipeline of Tiny SD's size, from a hub of our own into the browser, then a picture of two steps on WASM. Give the folder that `make.py`
 * wrote, the address of a running app, and the guidance; prints what was measured. See README.md.
 */
import { chromium, type Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { chromiumArgs, findChromium } from '../../e2e/browser.ts';
import { readFolder } from '../../e2e/hub-models.ts';
import { startHub } from '../../e2e/hub-server.ts';
import { ModelsSheet } from '../../e2e/models-sheet.ts';

const [folder = '', appUrl = 'http://localhost:8000', guidance = '7', size = '512'] = process.argv.slice(2);
const minutesMs = (minutes: number) => minutes * 60_000;

const hub = await startHub();
hub.publish('someone/full-size', { files: readFolder(folder), licence: 'none' });
const browser = await chromium.launch({ executablePath: findChromium()!, args: chromiumArgs });
const memory = watchMemory();
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(minutesMs(30));
  await page.goto(`${appUrl}/?backend=wasm`);
  await download(page);
  say('after the download', `${memory.takePeakMb()} MB at most`);
  await readBack(page);
  say('while reading it back', `${memory.takePeakMb()} MB at most`);
  await draw(page);
  say('while drawing', `${memory.takePeakMb()} MB at most`);
} finally {
  memory.stop();
  await browser.close();
  await hub.close();
}

async function download(page: Page): Promise<void> {
  const sheet = new ModelsSheet(page);
  await sheet.open();
  await sheet.useHub(hub.hubUrl);
  await sheet.look('someone/full-size');
  const beganMs = Date.now();
  await sheet
    .found('full-size')
    .getByRole('button', { name: /^Download/ })
    .click();
  await sheet.row('full-size').getByRole('button', { name: 'Check' }).waitFor();
  say('download, hash and store', speed(beganMs));
  const checkedMs = Date.now();
  await sheet.row('full-size').getByRole('button', { name: 'Check' }).click();
  await sheet.row('full-size').getByText('every byte is as it was').waitFor();
  say('check', speed(checkedMs));
  await sheet.close();
}

/** What loading costs before ONNX Runtime gets to work: every chunk of the largest file out of IndexedDB. */
async function readBack(page: Page): Promise<void> {
  const { bytes, ms } = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('zoetrope-weights');
      opening.onsuccess = () => resolve(opening.result);
    });
    const ask = <T>(make: (store: IDBObjectStore) => IDBRequest<T>) =>
      new Promise<T>((resolve) => {
        const request = make(database.transaction('records').objectStore('records'));
        request.onsuccess = () => resolve(request.result);
      });
    const keys = await ask((store) => store.getAllKeys(IDBKeyRange.bound('chunk:', 'chunk:\uffff')));
    const beganMs = performance.now();
    let read = 0;
    for (const key of keys) {
      const chunk = await ask((store) => store.get(key) as IDBRequest<ArrayBuffer>);
      await crypto.subtle.digest('SHA-256', chunk);
      read += chunk.byteLength;
    }
    return { bytes: read, ms: performance.now() - beganMs };
  });
  say('read from IndexedDB and hash', `${(bytes / 1e3 / ms).toFixed(0)} MB/s (${(ms / 1000).toFixed(1)} s)`);
}

async function draw(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a red fox in fresh snow');
  await page.getByRole('button', { name: 'Advanced' }).click();
  for (const [name, value] of [
    ['Steps', '2'],
    ['Guidance', guidance],
    ['Width', size],
    ['Height', size],
  ] as const) {
    await page.getByLabel(name, { exact: true }).fill(value);
  }
  const beganMs = Date.now();
  const since = () => `${((Date.now() - beganMs) / 1000).toFixed(1)} s after the press`;
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  const measured = page.evaluate(
    () =>
      new Promise<unknown>((resolve) => {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntriesByName('zoetrope:picture'))
            resolve((entry as PerformanceMeasure).detail);
        }).observe({ type: 'measure', buffered: true });
      }),
  );
  const failed = page
    .getByRole('alert')
    .waitFor()
    .then(() => page.getByRole('alert').innerText());
  void page
    .getByText(/^Step 1 of/)
    .waitFor()
    .then(
      () => say('first step done', since()),
      () => undefined,
    );
  say('picture', JSON.stringify(await Promise.race([measured, failed])));
  say('all of it', since());
  say('notices', (await page.locator('.notice').allInnerTexts()).join(' ') || 'none');
}

function speed(beganMs: number): string {
  const sec = (Date.now() - beganMs) / 1000;
  const bytes = hub.requests.length > 0 ? totalBytes() : 0;
  return `${sec.toFixed(1)} s, ${(bytes / 1e6 / sec).toFixed(0)} MB/s`;
}

function totalBytes(): number {
  return [...readFolder(folder).values()].reduce((sum, content) => sum + content.length, 0);
}

function say(what: string, value: string): void {
  process.stdout.write(`${what}: ${value}\n`);
}

/** The largest resident set of any of this machine's renderers that began after us (Linux). */
function watchMemory() {
  const before = new Set(rendererIds());
  let peakKb = 0;
  const timer = setInterval(() => {
    const sizes = rendererIds()
      .filter((id) => !before.has(id))
      .map(residentKb);
    peakKb = Math.max(peakKb, ...sizes);
  }, 250);
  return {
    takePeakMb: () => {
      const megabytes = Math.round(peakKb / 1000);
      peakKb = 0;
      return megabytes;
    },
    stop: () => clearInterval(timer),
  };
}

const rendererIds = () =>
  readdirSync('/proc').filter(
    (id) => /^\d+$/.test(id) && read(`/proc/${id}/cmdline`).includes('--type=renderer'),
  );

const residentKb = (id: string) => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${id}/status`))?.[1] ?? 0);

/** Processes come and go while one looks. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
