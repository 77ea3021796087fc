/**
 * A pipeline of Tiny SD's size, from a hub of our own into the browser, then a picture of two steps on WASM. Give the folder that `make.py`
 * wrote, then guidance and size if they shall be others; prints what was measured. See README.md.
 */
import type { Page } from '@playwright/test';
import { readFolder } from '../../src/testing/hub/models.ts';
import { startHub } from '../../src/testing/hub/server.ts';
import { ModelsSheet } from '../../e2e/models-sheet.ts';
import { launch, startServer } from '../serve.ts';
import { watchRenderers, watchWorkers } from './memory.ts';

const port = 8139;
const [folder = '', guidance = '7', size = '512'] = process.argv.slice(2);
const minutesMs = (minutes: number) => minutes * 60_000;

const files = readFolder(folder);
const totalBytes = [...files.values()].reduce((sum, content) => sum + content.length, 0);
const server = await startServer(port);
const hub = await startHub();
hub.publish('someone/full-size', { files, licence: 'none' });
const browser = await launch();
const renderers = watchRenderers();
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(minutesMs(30));
  // What TypeScript's runner puts round named functions, for those that run in the page.
  await page.addInitScript('globalThis.__name = (named) => named');
  const workers = await watchWorkers(page);
  const tellMemory = (when: string) =>
    say(
      `memory ${when}`,
      `${renderers.takePeakMb()} MB the renderer, ${workers.takePeakMb()} MB of buffers in its workers' JavaScript`,
    );
  await page.goto(`http://localhost:${port}/?backend=wasm`);
  await download(page);
  tellMemory('while downloading');
  await readBack(page);
  tellMemory('while reading back');
  await draw(page);
  tellMemory('while drawing');
  workers.stop();
} finally {
  renderers.stop();
  await browser.close();
  await hub.close();
  server.kill();
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
  await page.evaluate(watchStatus);
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  const failed = page
    .getByRole('alert')
    .waitFor()
    .then(() => page.getByRole('alert').innerText());
  const outcome = await Promise.race([page.evaluate(waitForPicture), failed]);
  for (const [sec, words] of await page.evaluate(() => window.statuses)) say(`${sec.toFixed(1)} s`, words);
  say('picture', JSON.stringify(outcome));
  // Every list of notices is a status.
  say('statuses', (await page.getByRole('status').allInnerTexts()).join(' ').trim() || 'none');
}

declare global {
  interface Window {
    /** When the line above the progress bar changed its words, in seconds since it was first looked at. */
    statuses: [sec: number, words: string][];
  }
}

/** In the page. */
function watchStatus(): void {
  const beganMs = performance.now();
  window.statuses = [];
  const look = () => {
    const line =
      document.querySelector('[role=progressbar][aria-label=Progress] + * p')?.firstChild?.textContent ?? '';
    const words = line.replace(/ · [\d.]+ of [\d.]+ [MG]B/, '');
    if (words === window.statuses.at(-1)?.[1]) return;
    window.statuses.push([(performance.now() - beganMs) / 1000, words]);
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** In the page. */
function waitForPicture(): Promise<unknown> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const [measure] = list.getEntriesByName('zoetrope:picture');
      if (measure) resolve((measure as PerformanceMeasure).detail);
    }).observe({ type: 'measure', buffered: true });
  });
}

function speed(beganMs: number): string {
  const sec = (Date.now() - beganMs) / 1000;
  return `${sec.toFixed(1)} s, ${(totalBytes / 1e6 / sec).toFixed(0)} MB/s`;
}

function say(what: string, value: string): void {
  process.stdout.write(`${what}: ${value}\n`);
}
