/**
 * Installing, as Chromium itself judges and does it: its own check, its own installation, and launches with files and addresses as the system
 * makes them (the `PWA` domain of the DevTools protocol). A private window cannot install anything, so this one has a profile.
 */
import { chromium, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilmApp } from './film-app.ts';
import { OfflineSettings } from './offline-settings.ts';
import { expect, test as base } from './test.ts';
import { toast } from './toast.ts';

const test = base.extend<{ folder: string; context: BrowserContext; page: Page; devtools: CDPSession }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from this pattern.
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'zoetrope-install-'));
    await use(folder);
    rmSync(folder, { recursive: true, maxRetries: 5 });
  },
  context: async ({ folder, launchOptions, baseURL, viewport }, use) => {
    const profile = join(folder, 'profile');
    const context = await chromium.launchPersistentContext(profile, {
      ...launchOptions,
      baseURL: baseURL!,
      viewport,
    });
    await use(context);
    await context.close();
  },
  page: async ({ context }, use) => use(context.pages()[0]!),
  devtools: async ({ context, page }, use) => use(await context.newCDPSession(page)),
});

const quick = { prompt: 'a calm beach at sunset', steps: 2, seed: 7 };
const plainPicture = 'public/icons/icon-192.png';

interface Manifest {
  readonly icons: readonly Image[];
  readonly screenshots: readonly (Image & { readonly form_factor: string })[];
  readonly shortcuts: readonly { readonly name: string; readonly url: string }[];
}

interface Image {
  readonly src: string;
  readonly sizes: string;
  readonly type: string;
  readonly purpose?: string;
}

test('Chromium’s own check finds nothing that keeps the app from being installed', async ({
  app,
  page,
  devtools,
}) => {
  await app.open();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  expect(await devtools.send('Page.getInstallabilityErrors')).toEqual({ installabilityErrors: [] });
  const { errors, data } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data!) as Manifest;
  expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable');
  const forms = manifest.screenshots.map(({ form_factor: form }) => form);
  expect([...new Set(forms)].sort()).toEqual(['narrow', 'wide']);
  expect(manifest.shortcuts.map(({ name }) => name)).toEqual(['New picture', 'New film', 'Gallery']);
  for (const image of [...manifest.icons, ...manifest.screenshots]) {
    expect(await sizeOf(page, image)).toBe(image.sizes);
  }
});

/** As it is decoded; drawings have whatever size one wants. */
async function sizeOf(page: Page, { src, type, sizes }: Image): Promise<string> {
  if (sizes === 'any') return 'any';
  return page.evaluate(
    async ([address, wanted]) => {
      const response = await fetch(address);
      if (response.headers.get('Content-Type') !== wanted) return `not ${wanted}`;
      const { width, height } = await createImageBitmap(await response.blob());
      return `${width}x${height}`;
    },
    [src, type] as const,
  );
}

test('the hint comes after the third picture and never again', async ({ app, page }) => {
  await app.open();
  const hint = toast(page, 'Zoetrope can be installed');
  const settings = new OfflineSettings(page);
  const offered = settings.dialog.getByRole('button', { name: 'Install Zoetrope' });
  await settings.open();
  await expect(offered).toBeVisible();
  await settings.close();
  await app.generate({ ...quick, count: 2 });
  await expect(hint).toBeHidden();
  await app.generate({ ...quick, count: 1 });
  await expect(hint).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(hint).toBeHidden();
  await page.reload();
  await app.generate({ ...quick, count: 4 });
  await settings.open();
  await expect(offered).toBeVisible();
  await expect(hint).toBeHidden();
});

test.describe('installed', () => {
  let manifestId: string;

  test.beforeEach(async ({ app, page, devtools, baseURL }) => {
    await app.open();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    manifestId = `${baseURL}/`;
    await devtools.send('PWA.install', { manifestId });
  });

  test('files are opened in the page that is there, with its model: pictures and films', async ({
    app,
    page,
    devtools,
    folder,
  }) => {
    await app.generate(quick);
    let loads = 0;
    page.on('load', () => loads++);
    const open = (file: string) => devtools.send('PWA.launchFilesInApp', { manifestId, files: [file] });
    const made = await app.savedFile();
    const picture = join(folder, 'made-here.png');
    writeFileSync(picture, made.bytes);
    await app.prompt.fill('something else');

    await open(join(process.cwd(), plainPicture));
    await expect(page.getByText('icon-192.png').first()).toBeVisible();
    await open(picture);
    await expect(app.prompt).toHaveValue(quick.prompt);
    await expect(app.field('Seed')).toHaveValue('7');

    const film = await saveProject(page, folder);
    await page.getByRole('link', { name: 'Picture' }).click();
    await open(film);
    await expect(new FilmApp(page).prompt(2)).toHaveValue('a forest at night');
    await expect(toast(page, 'Storyboard restored from “two.zoetrope.zip”')).toBeVisible();
    expect(loads).toBe(0);
    const { fileHandlers } = await devtools.send('PWA.getOsAppState', { manifestId });
    const extensions = fileHandlers.flatMap(({ accepts }) => accepts.flatMap((each) => each.fileExtensions));
    expect(extensions.sort()).toEqual(['.png', '.zip']);
  });

  test('shortcuts and links come to the page that is there', async ({ app, page, devtools }) => {
    await app.generate(quick);
    let loads = 0;
    page.on('load', () => loads++);
    const launch = (hash: string) => devtools.send('PWA.launch', { manifestId, url: `${manifestId}${hash}` });
    await launch('#/gallery');
    await expect(page.getByRole('list', { name: 'Works' }).getByRole('listitem')).toHaveCount(1);
    await launch('#/film');
    await expect(new FilmApp(page).prompt(1)).toBeVisible();
    await launch('#/picture');
    await expect(app.pictures).toHaveCount(1);
    expect(loads).toBe(0);
  });
});

async function saveProject(page: Page, folder: string): Promise<string> {
  await page.getByRole('link', { name: 'Film' }).click();
  const film = new FilmApp(page);
  await film.paste(['a calm beach at sunset', 'a forest at night']);
  const download = page.waitForEvent('download');
  await film.button('Films').click();
  await page.getByRole('menuitem', { name: 'Save as a project file' }).click();
  const path = join(folder, 'two.zoetrope.zip');
  await (await download).saveAs(path);
  return path;
}

/** Posts a form to the manifest's share target, as the system's share sheet has the browser do. */
async function share(page: Page, files: readonly string[], text?: string): Promise<void> {
  await page.evaluate((shared) => {
    document.body.insertAdjacentHTML(
      'beforeend',
      `<form id="share" action="./share-target" method="post" enctype="multipart/form-data">
         <input type="file" name="file" multiple /><input name="text" />
       </form>`,
    );
    document.querySelector<HTMLInputElement>('#share [name=text]')!.value = shared;
  }, text ?? '');
  await page.locator('#share [name=file]').setInputFiles([...files]);
  const loaded = page.waitForEvent('load');
  await page.locator('#share').evaluate((form: HTMLFormElement) => form.submit());
  await loaded;
}

test('a picture shared to the app is the source of the next one; one made here restores its recipe', async ({
  app,
  page,
  folder,
}) => {
  await app.open();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await app.generate(quick);
  const picture = join(folder, 'made-here.png');
  writeFileSync(picture, (await app.savedFile()).bytes);

  await share(page, [plainPicture], 'a castle in the snow');
  await expect(page.getByText('icon-192.png').first()).toBeVisible();
  await expect(app.prompt).toHaveValue('a castle in the snow');
  expect(new URL(page.url()).search).toBe('');
  await page.reload();
  await expect(app.prompt).toHaveValue('a castle in the snow');

  await share(page, [picture]);
  await expect(app.prompt).toHaveValue(quick.prompt);
  await expect(toast(page, 'Settings restored from “made-here.png”')).toBeVisible();
});
