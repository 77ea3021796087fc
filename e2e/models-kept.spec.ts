/** How models are kept: what the browser is asked, what a failing and a full disk do. */
import type { Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { App } from './app.ts';
import { goldenDifference, goldenWanted } from './golden-picture.ts';
import * as layouts from '../src/testing/hub/models.ts';
import { expect, openSheet, test } from './hub-test.ts';
import { ModelsSheet } from './models-sheet.ts';
import { OfflineSettings } from './offline-settings.ts';
import { damageChunk, filesUnderWay } from './weights-records.ts';

const chunkBytes = 16 * 2 ** 20;
/** Three chunks of storage, of which the last is half full; of no use to a picture from words; browsers cannot make it smaller. */
const bulk = 'vae_encoder/model.onnx_data';
const large: layouts.Files = new Map([...layouts.miniature, [bulk, randomBytes(2.5 * chunkBytes)]]);

test.beforeEach(({ hub }) => {
  hub.publish('someone/large', { files: large });
});

test('the browser is closed in the middle of a download and started again: it goes on, and then draws without a network', async ({
  playwright,
  launchOptions,
  baseURL,
  hub,
}, info) => {
  const start = async () => {
    const context = await playwright.chromium.launchPersistentContext(info.outputPath('profile'), {
      ...launchOptions,
      baseURL: baseURL!,
    });
    const page = await context.newPage();
    const app = new App(page);
    await app.open();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    return { context, page, app, sheet: new ModelsSheet(page) };
  };

  const first = await start();
  await first.sheet.open();
  await first.sheet.useHub(hub.hubUrl);
  // So much comes and no more, however long it takes to end the browser.
  const goOn = hub.fault({
    at: 'bytes',
    path: bulk,
    does: { kind: 'silence', afterBytes: 1.25 * chunkBytes },
  });
  await first.sheet.look('someone/large');
  await first.sheet
    .found('large')
    .getByRole('button', { name: /^Download/ })
    .click();
  await expect
    .poll(async () => {
      const { whole, begun, all } = await filesUnderWay(first.page);
      return { begun, missing: all - whole };
    })
    .toEqual({ begun: 1, missing: 1 });
  await first.context.close();
  goOn();

  const { context, page, app, sheet } = await start();
  const offlineSettings = new OfflineSettings(page);
  await sheet.open();
  await expect(sheet.row('large')).toContainText('Paused: ');
  const before = hub.requests.length;
  await sheet.row('large').getByRole('button', { name: 'Resume' }).click();
  await sheet.expectStored('large');
  const fetched = hub.requests.slice(before).filter(({ at }) => at === 'bytes');
  expect(fetched).toEqual([{ at: 'bytes', path: bulk, range: `bytes=${chunkBytes}-` }]);

  await sheet.close();
  await offlineSettings.open();
  await expect(offlineSettings.part('Computing')).toHaveText('1 of 3 files');
  await hub.close();
  await context.setOffline(true);
  await page.reload();
  await expect(sheet.chip).toContainText('large');
  expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(2.5);
  await context.close();
});

test('damage in one chunk of a large file is found, and that chunk alone is fetched again', async ({
  sheet,
  hub,
  page,
}) => {
  await sheet.fetch('someone/large');
  await damageChunk(page, bulk, 1);
  const before = hub.requests.length;
  await sheet.row('large').getByRole('button', { name: 'Check' }).click();
  await expect(sheet.row('large')).toContainText('one damaged part was fetched again');
  const fetched = hub.requests.slice(before).filter(({ at }) => at === 'bytes');
  expect(fetched).toEqual([{ at: 'bytes', path: bulk, range: `bytes=${chunkBytes}-${2 * chunkBytes - 1}` }]);

  await sheet.row('large').getByRole('button', { name: 'Check' }).click();
  await expect(sheet.row('large')).toContainText('every byte is as it was');
});

test('the disk fills up during a download: told, and the model runs from memory', async ({
  app,
  sheet,
  hub,
  page,
}) => {
  await limitStorage(page, 1.5 * chunkBytes);
  await sheet.look('someone/large');
  await sheet
    .found('large')
    .getByRole('button', { name: /^Download/ })
    .click();
  const failure = sheet.row('large').getByRole('alert');
  await expect(failure).toContainText('There is no room left');
  // It was not foreseen: most of the model had come by then.
  const fetched = hub.requests.filter(({ at }) => at === 'bytes').map(({ path }) => path);
  expect(fetched).toContain(bulk);
  await failure.getByRole('button', { name: 'Run from memory' }).click();
  const inMemory = sheet.row('large').filter({ hasText: 'In memory only' });
  await expect(inMemory).toContainText('In use');
  await expect(sheet.row('large').filter({ hasText: 'Paused: ' })).toBeVisible();
  await sheet.close();
  expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(2.5);
});

test('the browser is asked to keep what is stored when there is something to store, and nothing waits for its answer', async ({
  app,
  hub,
  page,
}) => {
  // As a browser that puts the question to the person: Chromium decides by itself.
  await page.addInitScript(() => {
    const asked: ((persisted: boolean) => void)[] = [];
    Object.assign(window, { asked });
    StorageManager.prototype.persist = () => new Promise((answer) => asked.push(answer));
  });
  const timesAsked = () => page.evaluate(() => (window as unknown as Asked).asked.length);
  await app.open();
  const sheet = await openSheet(page, hub);
  await sheet.look('someone/large');
  await expect(sheet.found('large')).toBeVisible();
  expect(await timesAsked()).toBe(0);
  await sheet.fetch('someone/large');
  expect(await timesAsked()).toBe(1);
  await expect(sheet.dialog).toContainText('the browser may clear it when the disk gets full');
  await page.evaluate(() => (window as unknown as Asked).asked[0]!(true));
  await expect(sheet.dialog).toContainText('the browser keeps it');
});

interface Asked {
  readonly asked: readonly ((persisted: boolean) => void)[];
}

/** Chromium itself claims ten gigabytes, whatever it will then take. */
async function limitStorage(page: Page, moreBytes: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + moreBytes });
}
