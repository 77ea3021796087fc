/** After one visit to a host that sends plain files and nothing else, everything works without it. */
import type { Page } from '@playwright/test';
import { App } from './app.ts';
import { FilmApp } from './film-app.ts';
import { filmFacts, videoStream } from './film-file.ts';
import { OfflineSettings } from './offline-settings.ts';
import { staticHost, type StaticHost } from './static-host.ts';
import { expect, test as base } from './test.ts';

const test = base.extend<{ base: string; host: StaticHost; settings: OfflineSettings }>({
  base: ['/', { option: true }],
  host: async ({ base }, use) => {
    const host = await staticHost('dist', base);
    await use(host);
    await host.stop();
  },
  settings: ({ page }, use) => use(new OfflineSettings(page)),
});

const quick = { prompt: 'a calm beach at sunset', steps: 2, seed: 7 };
const quickFilm = { Steps: 2, 'Scene length (seconds)': 1, 'Transition frames': 6 };

/** The first visit ends when the worker has isolated the page, by loading it once more. */
async function visit(page: Page, { url }: StaticHost): Promise<App> {
  await page.goto(`${url}?backend=wasm`);
  await page.waitForFunction(() => crossOriginIsolated && navigator.serviceWorker.controller !== null);
  const app = new App(page);
  await expect(app.prompt).toBeVisible();
  return app;
}

async function firstVisit(page: Page, host: StaticHost, settings: OfflineSettings): Promise<App> {
  const app = await visit(page, host);
  await settings.open();
  await expect(settings.part('App')).toHaveText('Here');
  await expect(settings.part('Built-in model')).toHaveText('Here');
  await expect(settings.part('Computing')).toHaveText('1 of 3 files');
  await settings.close();
  return app;
}

async function makeFilm(page: Page): Promise<FilmApp> {
  await page.getByRole('link', { name: 'Film' }).click();
  const film = new FilmApp(page);
  await film.paste(['a calm beach at sunset', 'a forest at night']);
  await film.want(quickFilm);
  await film.generate();
  return film;
}

test(
  'one visit, then the server is gone: the page opens, draws, makes a film and shows what was made',
  { tag: '@core' },
  async ({ page, host, settings }) => {
    const app = await firstVisit(page, host, settings);
    await host.stop();
    await page.reload();
    await app.generate(quick);
    expect((await app.savedFile()).bytes.length).toBeGreaterThan(1000);
    const file = await (await makeFilm(page)).exportAs('MP4');
    expect(videoStream(filmFacts(file.path))).toMatchObject({ codec_name: 'h264', nb_read_frames: '54' });
    await page.getByRole('link', { name: 'Gallery' }).click();
    const works = page.getByRole('list', { name: 'Works' }).getByRole('listitem');
    await expect(works).toHaveCount(2);
    await page.reload();
    await expect(works).toHaveCount(2);
    await works
      .last()
      .getByRole('button', { name: /^Picture/ })
      .click();
    await expect(page.getByRole('img', { name: quick.prompt })).toBeVisible();
  },
);

test.describe('below the root of a host that sends no headers', () => {
  test.use({ base: '/apps/zoetrope/' });

  test('the page is isolated by one reload and no more, works, and works without the host', async ({
    page,
    host,
    settings,
  }) => {
    let loads = 0;
    page.on('load', () => loads++);
    const app = await firstVisit(page, host, settings);
    await app.generate(quick);
    expect(loads).toBe(2);
    await settings.open();
    await expect(settings.dialog.getByText('Isolated page').locator('..')).toContainText('Yes');
    await settings.close();
    await host.stop();
    await page.reload();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await app.generate({ ...quick, seed: 8 });
    expect(loads).toBe(3);
  });

  test('its service worker answers the API there, and leaves the rest of the host alone', async ({
    page,
    host,
  }) => {
    await visit(page, host);
    const answer = await page.evaluate(async () => {
      const response = await fetch('health');
      return { status: response.status, body: (await response.json()) as { status: string } };
    });
    expect(answer).toMatchObject({ status: 200, body: { status: 'healthy' } });
    const outside = await page.evaluate(async () => (await fetch('/health')).status);
    expect(outside).toBe(404);
  });
});

test('everything is made available with progress and a way to stop; then also ffmpeg works without the server', async ({
  page,
  host,
  settings,
}) => {
  await firstVisit(page, host, settings);
  const letGo = host.hold(/ffmpeg-core.*\.wasm$/);
  await settings.open();
  await settings.fetchAllButton.click();
  const progress = settings.dialog.getByRole('progressbar', { name: 'Fetching files' });
  await expect.poll(() => host.asked.some((path) => /ffmpeg-core.*\.wasm$/.test(path))).toBe(true);
  await expect(settings.dialog.getByText(/^\d+ of \d+ files, .*MB/)).toBeVisible();
  expect(Number(await progress.getAttribute('aria-valuenow'))).toBeLessThan(100);
  await settings.dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).toBeHidden();
  await expect(settings.part('Film encoder')).not.toHaveText('Here');
  letGo();
  await settings.fetchAllButton.click();
  await expect(settings.fetchAllButton).toBeHidden();
  for (const part of ['App', 'Built-in model', 'Computing', 'Film encoder', 'Guide to the API']) {
    await expect(settings.part(part)).toHaveText('Here');
  }
  await settings.close();
  await host.stop();
  await page.reload();
  const file = await (await makeFilm(page)).exportAs('GIF');
  expect(videoStream(filmFacts(file.path))).toMatchObject({ codec_name: 'gif' });
});

test('the test proves it; what is missing is said, and fetched', async ({ page, host, settings }) => {
  await firstVisit(page, host, settings);
  await settings.open();
  await settings.test();
  for (const text of ['service worker', 'of the app', 'built-in model', 'computes', 'network blocked']) {
    await expect(settings.result(text)).toContainText('yes');
  }
  await deleteCached(page, 'models/built-in/unet/model.onnx');
  await settings.test();
  await expect(settings.result('of the app')).toContainText('yes');
  await expect(settings.result('built-in model')).toContainText('no');
  await expect(settings.result('built-in model')).toContainText('Missing: models/built-in/unet/model.onnx');
  await expect(settings.result('network blocked')).toContainText('no');
  await settings.fetchAllButton.click();
  await expect(settings.fetchAllButton).toBeHidden();
  await settings.test();
  await expect(settings.result('built-in model')).toContainText('yes');
  await expect(settings.result('network blocked')).toContainText('yes');
});

async function deleteCached(page: Page, path: string): Promise<void> {
  const deleted = await page.evaluate(async (wanted) => {
    const [name] = (await caches.keys()).filter((each) => each.endsWith(':build'));
    const cache = await caches.open(name!);
    const url = new URL(wanted, document.baseURI).href;
    return cache.delete(url, { ignoreSearch: true });
  }, path);
  expect(deleted).toBe(true);
}

test('without the server, what was not kept is told and the rest goes on', async ({
  page,
  host,
  settings,
}) => {
  await firstVisit(page, host, settings);
  await host.stop();
  await settings.open();
  await settings.fetchAllButton.click();
  await expect(settings.dialog.locator('.problem')).toContainText('What has arrived is kept');
  await expect(settings.part('Built-in model')).toHaveText('Here');
});
