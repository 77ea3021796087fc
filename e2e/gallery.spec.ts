import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { App } from './app.ts';
import { fillGallery } from './gallery-records.ts';
import { expect, test } from './test.ts';
import { toast } from './toast.ts';

const quick = { prompt: 'a calm beach at sunset', steps: 2, seed: 7 };

const works = (page: Page) => page.getByRole('list', { name: 'Works' }).getByRole('listitem');
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const openWork = (page: Page, index: number) =>
  works(page)
    .nth(index)
    .getByRole('button', { name: /^Picture/ })
    .click();

async function openGallery(page: Page): Promise<void> {
  await page.goto('/?backend=wasm#/gallery');
  await expect(page.getByRole('searchbox', { name: 'Search in prompts' })).toBeVisible();
}

async function openFilled(page: Page, count: number): Promise<void> {
  await openGallery(page);
  await fillGallery(page, count);
  await page.reload();
  await expect(works(page).first()).toBeVisible();
}

test('a picture is kept as soon as it is made, also when the tab crashes in the middle of the next one', async ({
  app,
  page,
  context,
}) => {
  await app.open();
  await app.generate(quick);
  await app.want({ steps: 50 });
  await app.generateButton.click();
  await expect(app.cancelButton).toBeVisible();
  const devtools = await context.newCDPSession(page);
  await Promise.race([page.waitForEvent('crash'), devtools.send('Page.crash').catch(() => undefined)]);
  const next = await context.newPage();
  await openGallery(next);
  await expect(works(next)).toHaveCount(1);
  await openWork(next, 0);
  await expect(next.getByRole('img', { name: quick.prompt })).toBeVisible();
});

test('search, favourites, delete and undo', { tag: '@core' }, async ({ page }) => {
  await openFilled(page, 6);
  await page.getByRole('searchbox').fill('cafe 4');
  await expect(works(page)).toHaveCount(1);
  await page.getByRole('searchbox').fill('');
  await works(page).nth(2).getByRole('button', { name: 'Favourite' }).click();
  await page.getByRole('radio', { name: 'Favourites' }).click();
  await expect(works(page)).toHaveCount(1);
  await page.getByRole('radio', { name: 'All' }).click();
  await press(page, 'Select');
  await openWork(page, 0);
  await openWork(page, 5);
  await press(page, 'Delete');
  await expect(works(page)).toHaveCount(4);
  await press(page, 'Undo');
  await expect(works(page)).toHaveCount(6);
});

test('the full view leads on by keys, and “Use these settings” fills the picture screen', async ({
  app,
  page,
}) => {
  await openFilled(page, 3);
  await openWork(page, 0);
  await expect(page.getByRole('heading', { name: /^1 of 3/ })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { name: /^2 of 3/ })).toBeVisible();
  await press(page, 'Use these settings');
  await expect(app.prompt).toHaveValue('picture 1 of a robot');
  await app.openAdvanced();
  await expect(app.field('Seed')).toHaveValue('1001');
});

test('two pictures are compared, with what was different in the making', async ({ page }) => {
  await openFilled(page, 3);
  await press(page, 'Select');
  await openWork(page, 0);
  await openWork(page, 1);
  await press(page, 'Compare');
  await expect(page.getByRole('table', { name: 'What is different' })).toContainText('1000Seed1001');
});

test('chosen pictures become a film, in the order they were chosen', async ({ page }) => {
  await openFilled(page, 3);
  await press(page, 'Select');
  await openWork(page, 2);
  await openWork(page, 0);
  await press(page, 'Make a film');
  await expect(page.getByRole('textbox', { name: 'Scene 1 prompt' })).toHaveValue('picture 2 of a Café');
  await expect(page.getByRole('textbox', { name: 'Scene 2 prompt' })).toHaveValue('picture 0 of a Café');
});

test('export, delete everything, import: the same works', { tag: '@core' }, async ({ page }) => {
  // Playwright cannot answer the system's dialog; without it the file goes through the downloads.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await openFilled(page, 5);
  const labels = () =>
    works(page)
      .getByRole('button', { name: /^Picture/ })
      .evaluateAll((all) => all.map((each) => each.ariaLabel));
  const before = await labels();
  const download = page.waitForEvent('download');
  await press(page, 'Export all');
  const file = await (await download).path();
  await press(page, 'Settings');
  await press(page, 'Delete everything …');
  const reloaded = page.waitForEvent('load');
  await page
    .getByRole('dialog', { name: 'Delete everything?' })
    .getByRole('button', { name: 'Delete everything' })
    .click();
  await reloaded;
  await expect(page.getByText('Nothing here yet')).toBeVisible();
  await page
    .getByLabel('Gallery file')
    .setInputFiles({ name: 'gallery.zip', mimeType: 'application/zip', buffer: await readBytes(file) });
  await expect(toast(page, '5 works added.')).toBeVisible();
  await expect(works(page)).toHaveCount(5);
  expect(await labels()).toEqual(before);
});

async function readBytes(path: string): Promise<Buffer> {
  const { readFile } = await import('node:fs/promises');
  return readFile(path);
}

test('a recipe link makes the same picture in another browser, byte for byte', async ({
  app,
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open();
  const first = await app.picture(quick);
  await press(page, 'Share');
  await press(page, 'Copy link');
  await expect(toast(page, 'Link copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const elsewhere = await browser.newContext();
  const other = new App(await elsewhere.newPage());
  await other.page.goto(link);
  await expect(other.prompt).toHaveValue(quick.prompt);
  await other.generate();
  expect(Buffer.from((await other.savedPixels()).data).equals(first.data)).toBe(true);
  await elsewhere.close();
});

test('the recipe can be left out of what is shared', async ({ app, page }) => {
  await app.open();
  await app.generate(quick);
  await press(page, 'Share');
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByRole('region', { name: 'What is inside' })).toContainText('Seed: 7');
  await dialog.getByRole('checkbox', { name: /Send the recipe along/ }).uncheck();
  await expect(dialog.getByRole('region', { name: 'What is inside' })).not.toContainText('Seed: 7');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const bytes = await readBytes(await (await download).path());
  expect(bytes.includes('trainedAlgorithmicMedia')).toBe(true);
  expect(bytes.includes(quick.prompt)).toBe(false);
});

test('when the storage is full, it is said and nothing that was kept is lost', async ({
  app,
  page,
  context,
}) => {
  await app.open();
  await app.generate(quick);
  const devtools = await context.newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  // The browser goes on for a while with what it last knew of the quota.
  await expect.poll(() => storeSomething(page)).toBe('QuotaExceededError');
  await app.generate({ seed: 8 });
  await expect(toast(page, 'not in the gallery: the storage is full')).toBeVisible();
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await page.reload();
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(works(page)).toHaveCount(1);
});

/** The name of the error, or `stored`. */
function storeSomething(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('quota-probe');
      request.onupgradeneeded = () => request.result.createObjectStore('things');
      request.onsuccess = () => resolve(request.result);
    });
    const transaction = database.transaction('things', 'readwrite');
    transaction.objectStore('things').put(new Uint8Array(500_000), 'thing');
    const outcome = await new Promise<string | undefined>((resolve) => {
      transaction.oncomplete = () => resolve('stored');
      transaction.onabort = () => resolve(transaction.error?.name);
    });
    database.close();
    return outcome;
  });
}

for (const [device, viewport] of Object.entries({
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  test(`axe finds no violation in the gallery on a ${device}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openFilled(page, 12);
    await expectNoViolations(page);
    await press(page, 'Select');
    await openWork(page, 0);
    await expectNoViolations(page);
    await press(page, 'Done');
    await openWork(page, 1);
    await expectNoViolations(page);
    await press(page, 'Share');
    await expectNoViolations(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      viewport.width,
    );
  });
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}
