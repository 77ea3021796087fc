/** A new version is put on the host while the app is open. Both are real builds. */
import type { Page } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from './app.ts';
import { miniature } from '../src/testing/hub/models.ts';
import { expect, openSheet, test as base } from './hub-test.ts';
import { buildNext, nextVersion } from './next-version.ts';
import { OfflineSettings } from './offline-settings.ts';
import { staticHost, type StaticHost } from './static-host.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

const test = base.extend<{ host: StaticHost }, { nextBuild: string }>({
  nextBuild: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from this pattern.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'zoetrope-next-'));
      buildNext(folder);
      await use(folder);
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  // eslint-disable-next-line no-empty-pattern -- As above.
  host: async ({}, use) => {
    const host = await staticHost('dist');
    await use(host);
    await host.stop();
  },
});

const quick = { prompt: 'a calm beach at sunset', steps: 2, seed: 7 };

/** A tab of the previous version, isolated by its service worker, with all that makes pictures kept. */
async function visit(page: Page, { url }: StaticHost): Promise<App> {
  await page.goto(`${url}?backend=wasm`);
  await page.waitForFunction(() => crossOriginIsolated && navigator.serviceWorker.controller !== null);
  return new App(page);
}

async function expectVersion(page: Page, wanted: string): Promise<void> {
  const settings = new OfflineSettings(page);
  await settings.open();
  await expect(settings.dialog.getByText(`Zoetrope ${wanted} makes pictures`)).toBeVisible();
  await settings.close();
}

/** Says yes to the new version, and waits until the page has come back in it. */
async function reloadInto(page: Page): Promise<void> {
  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await reloaded;
}

const notice = (page: Page) => page.getByText('A new version of Zoetrope is ready.');
const works = (page: Page) => page.getByRole('list', { name: 'Works' }).getByRole('listitem');

test('a new version is told quietly, waits for the running picture, and loses nothing', async ({
  page,
  context,
  host,
  hub,
  nextBuild,
}) => {
  const app = await visit(page, host);
  hub.publish('someone/mini', { files: miniature, licence: 'mit' });
  const sheet = await openSheet(page, hub);
  await sheet.fetch('someone/mini');
  await sheet.close();
  await app.generate({ prompt: 'a forest at dawn', steps: 2 });
  await hub.close();

  host.swap(nextBuild);
  const other = new App(await context.newPage());
  await other.page.goto(`${host.url}?backend=wasm`);
  await expect(notice(page)).toBeVisible();
  await expect(app.pictures).toHaveCount(1);

  await app.drop('source.png', 'image/png', readFileSync('public/icons/icon-192.png'));
  await expect(page.getByText('source.png', { exact: true })).toBeVisible();
  // Large, with many steps: it must still be running when the new version is asked for.
  await app.want({ prompt: 'a forest at night', steps: 60, width: 256, height: 256 });
  await app.generateButton.click();
  await expect(app.cancelButton).toBeVisible();
  await expect(notice(page)).toBeHidden();
  const settings = new OfflineSettings(page);
  await settings.open();
  const reloaded = page.waitForEvent('load', { timeout: 200_000 });
  await settings.dialog.getByRole('button', { name: 'Reload into the new version' }).click();
  await settings.close();
  await expect(page.getByText('starts as soon as the running work is done')).toBeVisible();
  await app.want({ prompt: 'written while it waits' });
  await reloaded;

  await expect(app.prompt).toHaveValue('written while it waits');
  await expect(page.getByText('source.png', { exact: true })).toBeVisible();
  await expectVersion(page, nextVersion);
  await expect(notice(page)).toBeHidden();
  await expect(sheet.chip).toContainText('mini');
  await app.generate({ prompt: 'a forest at noon', steps: 2 });
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(works(page)).toHaveCount(3);
});

test('a tab of the previous version goes on, with parts of it that it had not loaded before', async ({
  page,
  context,
  host,
  nextBuild,
}) => {
  const app = await visit(page, host);
  await app.generate(quick);
  const old = new App(await context.newPage());
  await old.page.goto(`${host.url}?backend=wasm`);
  await expect(old.prompt).toBeVisible();
  let reloads = 0;
  old.page.on('load', () => reloads++);

  host.swap(nextBuild);
  await page.reload();
  await expect(notice(page)).toBeVisible();
  await reloadInto(page);
  await expectVersion(page, nextVersion);
  await host.stop();

  await old.generate(quick);
  await expectVersion(old.page, version);
  await old.page.getByRole('link', { name: 'Gallery' }).click();
  await expect(works(old.page)).toHaveCount(2);
  await old.page.getByRole('link', { name: 'Film' }).click();
  await expect(old.page.getByRole('textbox', { name: 'Scene 1 prompt' })).toBeVisible();
  expect(reloads).toBe(0);

  await old.page.reload();
  await expectVersion(old.page, nextVersion);
});

test('the new version works without the host from its first moment', async ({ page, host, nextBuild }) => {
  const app = await visit(page, host);
  await app.generate(quick);
  host.swap(nextBuild);
  await page.reload();
  await reloadInto(page);
  await expectVersion(page, nextVersion);
  await host.stop();
  await page.reload();
  await app.generate({ ...quick, seed: 8 });
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(works(page)).toHaveCount(2);
});
