/** Models from the hub and from disk. The hub is our own; browser, IndexedDB, hashes and ONNX Runtime are the real ones. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App } from './app.ts';
import { goldenDifference, goldenWanted } from './golden-picture.ts';
import * as layouts from '../src/testing/hub/models.ts';
import { expect, openSheet, test } from './hub-test.ts';
import { toast } from './toast.ts';

/** 2/255 for the arithmetic, half a step for rounding. */
const closeEnough = 2.5;

const alertText = (page: Page) => page.getByRole('dialog').getByRole('alert');

test('a repository by its id: looked at, fetched, used without the hub, true to the reference', async ({
  app,
  sheet,
  hub,
}) => {
  hub.publish('someone/mini', { files: layouts.miniature, licence: 'mit' });
  await sheet.look('someone/mini');
  await expect(sheet.found('mini')).toContainText('3.9 MB');
  await expect(sheet.found('mini')).toContainText('Licence: mit');
  await sheet.fetch('someone/mini');
  await expect(sheet.row('mini')).toContainText('In use');
  await sheet.close();
  await hub.close();
  const picture = await app.picture(goldenWanted);
  expect(goldenDifference(picture)).toBeLessThanOrEqual(closeEnough);

  await app.page.reload();
  await expect(sheet.chip).toContainText('mini');
  expect(goldenDifference(await app.picture({ ...goldenWanted }))).toBeLessThanOrEqual(closeEnough);
});

test.describe('every layout in which Tiny SD is published draws the same picture', () => {
  test('complete pipelines in folders: the catalogue’s own', async ({ app, sheet, hub }) => {
    hub.publish('cursedhelm/aderpy-deepdreamer-onnx', { files: layouts.threeFolders });
    await sheet.row('Tiny SD').getByRole('button', { name: 'Download 1.06 GB' }).click();
    await sheet.expectStored('Tiny SD');
    await sheet.close();
    await app.openAdvanced();
    await expect(app.field('Guidance')).toHaveValue('7');
    expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);
  });

  test('graphs and vocabulary only: the second source, when the first is gone', async ({
    app,
    sheet,
    hub,
  }) => {
    hub.publish('RanaLLC/tiny-sd-onnx-fp16', { files: layouts.bare });
    await sheet.row('Tiny SD').getByRole('button', { name: 'Download 1.06 GB' }).click();
    await sheet.expectStored('Tiny SD');
    await sheet.close();
    expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);
  });

  test('weights beside their graphs: LCM Tiny SD', async ({ app, sheet, hub }) => {
    hub.publish('akameswa/lcm-tiny-sd-onnx-fp16', { files: layouts.external });
    await sheet.row('LCM Tiny SD').getByRole('button', { name: 'Download 995 MB' }).click();
    await sheet.expectStored('LCM Tiny SD');
    await sheet.close();
    await app.openAdvanced();
    await expect(app.field('Steps')).toHaveValue('4');
    await app.page.getByLabel('Sampler').click();
    await app.page.getByRole('option', { name: 'tiny-sd', exact: true }).click();
    expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);
  });

  test('several precisions side by side', async ({ app, sheet, hub }) => {
    hub.publish('someone/many', { files: layouts.sideBySide });
    await sheet.look('someone/many');
    await expect(sheet.found('many (fp16)')).toBeVisible();
    await sheet
      .found('many (q4f16)')
      .getByRole('button', { name: /^Download/ })
      .click();
    await sheet.expectStored('many (q4f16)');
    await sheet.close();
    expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);
  });
});

test.describe('a download', () => {
  test('shows real bytes, is paused, survives a reload, goes on, and never fetches a byte twice', async ({
    app,
    sheet,
    hub,
  }) => {
    const files = new Map([...layouts.miniature, ['unet/model.onnx_data', Buffer.alloc(40 * 2 ** 20, 7)]]);
    hub.publish('someone/large', { files });
    hub.speed(12_000_000);
    await sheet.look('someone/large');
    await sheet
      .found('large')
      .getByRole('button', { name: /^Download/ })
      .click();
    await expect(sheet.row('large')).toContainText(/MB\/s · about \d+ s left/);
    const bar = sheet.row('large').getByRole('progressbar');
    await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(60);
    await sheet.row('large').getByRole('button', { name: 'Pause' }).click();
    await expect(sheet.row('large')).toContainText('Paused: ');

    await app.page.reload();
    await sheet.open();
    await expect(sheet.row('large')).toContainText('Paused: ');
    const kept = Number(await bar.getAttribute('aria-valuenow'));
    expect(kept).toBeGreaterThan(30);
    const before = hub.requests.length;
    hub.speed(null);
    await sheet.row('large').getByRole('button', { name: 'Resume' }).click();
    await sheet.expectStored('large');
    const again = hub.requests
      .slice(before)
      .filter(({ at, path }) => at === 'bytes' && path.endsWith('_data'));
    expect(again.map(({ range }) => range)).toEqual([expect.stringMatching(/^bytes=(16777216|33554432)-$/)]);
  });

  test('goes on by itself after dropped connections and busy answers', async ({ sheet, hub }) => {
    hub.publish('someone/mini', { files: layouts.miniature });
    hub.fault({
      at: 'bytes',
      path: 'unet/model.onnx',
      times: 2,
      does: { kind: 'drop', afterBytes: 1_000_000 },
    });
    hub.fault({ at: 'bytes', path: 'vae_decoder', times: 1, does: { kind: 'status', status: 503 } });
    hub.fault({ at: 'resolve', path: 'tokenizer', times: 1, does: { kind: 'status', status: 429 } });
    await sheet.fetch('someone/mini');
  });

  test('cancel throws away what came, unless it is undone', async ({ sheet, hub, page }) => {
    hub.publish('someone/mini', { files: layouts.miniature });
    hub.speed(400_000);
    await sheet.look('someone/mini');
    await sheet
      .found('mini')
      .getByRole('button', { name: /^Download/ })
      .click();
    await expect(sheet.row('mini').getByRole('progressbar')).not.toHaveAttribute('aria-valuenow', '0');
    await sheet.row('mini').getByRole('button', { name: 'Cancel' }).click();
    await sheet.row('mini').getByRole('button', { name: 'Undo' }).click();
    await expect(sheet.row('mini')).toContainText('Paused: ');
    await sheet.row('mini').getByRole('button', { name: 'Discard' }).click();
    await sheet.close();
    await sheet.open();
    await expect(sheet.row('mini')).toHaveCount(0);
    expect(await storedKeys(page)).toEqual([]);
  });

  test('two tabs share one', async ({ sheet, hub, context }) => {
    hub.publish('someone/mini', { files: layouts.miniature });
    hub.speed(1_000_000);
    await sheet.look('someone/mini');
    await sheet
      .found('mini')
      .getByRole('button', { name: /^Download/ })
      .click();
    const other = await context.newPage();
    await new App(other).open();
    const otherSheet = await openSheet(other, hub);
    await otherSheet.row('mini').getByRole('button', { name: 'Resume' }).click();
    await expect(otherSheet.row('mini')).toContainText('in another tab');
    hub.speed(null);
    await Promise.all([sheet.expectStored('mini'), otherSheet.expectStored('mini')]);
    const fetched = hub.requests.filter(({ at }) => at === 'bytes').map(({ path }) => path);
    expect(fetched.filter((path) => path.endsWith('.onnx')).sort()).toEqual(
      [...layouts.miniature.keys()].filter((path) => path.endsWith('.onnx')).sort(),
    );
  });
});

test.describe('what is no model for us is refused with the reason', () => {
  for (const [name, files, words] of [
    ['SDXL', layouts.sdxl, /Stable Diffusion XL/],
    ['Flux', layouts.flux, /Flux/],
    ['weights for JAX', layouts.flax, /another runtime/],
    ['no UNet', layouts.withoutUnet, /lacks unet\/model\.onnx/],
    ['no pipeline', new Map([['README.md', Buffer.from('# Hello')]]), /no Stable Diffusion pipeline/],
  ] as const) {
    test(name, async ({ sheet, hub, page }) => {
      hub.publish('someone/thing', { files });
      await sheet.look('someone/thing');
      await expect(alertText(page)).toContainText(words);
    });
  }

  test('a folder on disk that is no pipeline', async ({ page, sheet }, info) => {
    const folder = info.outputPath('holiday pictures');
    writeFolder(folder, layouts.withoutUnet);
    await page.getByLabel('Folder of a model').setInputFiles(folder);
    await expect(alertText(page)).toContainText(/holiday pictures lacks unet\/model\.onnx/);
    await expect(sheet.dialog.getByRole('list', { name: 'Found' })).toHaveCount(0);
  });

  test('weights that nobody uploaded', async ({ page, sheet, hub }) => {
    hub.publish('someone/half', { files: new Map([...layouts.miniature, ...layouts.withoutData]) });
    await sheet.look('someone/half');
    await sheet
      .found('half')
      .getByRole('button', { name: /^Download/ })
      .click();
    await expect(alertText(page)).toContainText('model.onnx_data, which is not there');
  });

  test('a graph with an unknown input', async ({ app, sheet, hub, page }) => {
    const unet = layouts.miniature.get('unet/model.onnx')!;
    const renamed = Buffer.from(unet.toString('latin1').replaceAll('timestep', 'timestop'), 'latin1');
    hub.publish('someone/odd', { files: new Map([...layouts.miniature, ['unet/model.onnx', renamed]]) });
    await sheet.fetch('someone/odd');
    await sheet.close();
    await app.want(goldenWanted);
    await app.generateButton.click();
    await expect(page.getByRole('alert')).toContainText('This kind of model does not work here');
    await page.getByText('Details').click();
    await expect(page.getByRole('alert')).toContainText('timestop');
  });
});

test.describe('the hub says no', () => {
  test.beforeEach(({ hub }) => void hub.publish('someone/mini', { files: layouts.miniature }));

  test('a repository behind an agreement', async ({ sheet, hub, page }) => {
    hub.publish('someone/closed', { files: layouts.miniature, gated: true });
    await sheet.look('someone/closed');
    await expect(alertText(page)).toContainText('This model asks for permission first');
    await expect(alertText(page)).toContainText('someone/closed is restricted');
  });

  test('403', async ({ sheet, hub, page }) => {
    hub.fault({ at: 'info', does: { kind: 'status', status: 403 } });
    await sheet.look('someone/mini');
    await expect(alertText(page)).toContainText('This model asks for permission first');
  });

  test('no such repository', async ({ sheet, page }) => {
    await sheet.look('someone/nothing');
    await expect(alertText(page)).toContainText('There is no such model');
  });

  test('a revision that is gone', async ({ sheet, hub, page }) => {
    await sheet.look(`${hub.hubUrl}/someone/mini/tree/0123abc`);
    await expect(alertText(page)).toContainText('Invalid rev id: 0123abc');
  });

  test('something that is no repository', async ({ sheet, page }) => {
    await sheet.look('not a repository');
    await expect(alertText(page)).toContainText('neither owner/name nor an address');
  });

  test('a repository that is taken away under way', async ({ sheet, hub, page }) => {
    await sheet.look('someone/mini');
    await expect(sheet.found('mini')).toBeVisible();
    hub.remove('someone/mini');
    await sheet
      .found('mini')
      .getByRole('button', { name: /^Download/ })
      .click();
    await expect(alertText(page)).toContainText('There is no such model');
  });
});

test.describe('no way to the hub', () => {
  test.beforeEach(({ hub }) => void hub.publish('someone/mini', { files: layouts.miniature }));

  test('offline, and on again by itself when the network is back', async ({ sheet, hub, page, context }) => {
    hub.speed(400_000);
    await sheet.look('someone/mini');
    await sheet
      .found('mini')
      .getByRole('button', { name: /^Download/ })
      .click();
    await expect(sheet.row('mini').getByRole('progressbar')).not.toHaveAttribute('aria-valuenow', '0');
    await context.setOffline(true);
    await expect(alertText(page)).toContainText('There is no connection');
    hub.speed(null);
    await context.setOffline(false);
    await sheet.expectStored('mini');
  });

  test('a name that is not known', async ({ sheet, page }) => {
    await sheet.dialog.getByLabel('Hub address').fill('http://no-such-hub.invalid');
    await sheet.look('someone/mini');
    await expect(alertText(page)).toContainText('no-such-hub.invalid could not be reached');
  });

  test('a server that does not let web pages in', async ({ sheet, hub, page }) => {
    hub.fault({ at: 'info', does: { kind: 'no-cors' } });
    await sheet.look('someone/mini');
    await expect(alertText(page)).toContainText('CORS');
  });
});

test.describe('wrong bytes never become a model', () => {
  for (const [name, does, words] of [
    ['an error page', { kind: 'html' }, /A web page came instead of unet\/model\.onnx/],
    ['a short body', { kind: 'short' }, /ended after/],
    ['a long body', { kind: 'long' }, /bytes on the server instead of/],
    ['one wrong byte', { kind: 'wrong' }, /has the hash/],
    ['another file since', { kind: 'changed', content: Buffer.alloc(3_196_255) }, /has the hash/],
  ] as const) {
    test(name, async ({ sheet, hub, page }) => {
      hub.publish('someone/mini', { files: layouts.miniature });
      const end = hub.fault({ at: 'bytes', path: 'unet/model.onnx', does });
      await sheet.look('someone/mini');
      await sheet
        .found('mini')
        .getByRole('button', { name: /^Download/ })
        .click();
      await expect(alertText(page)).toContainText(words);
      end();
      await alertText(page).getByRole('button', { name: 'Try again' }).click();
      await sheet.expectStored('mini');
    });
  }

  test('a file that changes while it is resumed is begun again', async ({ app, sheet, hub }) => {
    hub.publish('someone/mini', { files: layouts.miniature });
    const unet = 'unet/model.onnx';
    hub.speed(500_000);
    hub.fault({ at: 'bytes', path: unet, times: 1, does: { kind: 'silence', afterBytes: 1_600_000 } });
    await sheet.look('someone/mini');
    await sheet
      .found('mini')
      .getByRole('button', { name: /^Download/ })
      .click();
    // More than all other files together: some of this one has come, so that there is something to resume.
    const bar = sheet.row('mini').getByRole('progressbar');
    await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(25);
    const other = Buffer.alloc(layouts.miniature.get(unet)!.length, 1);
    hub.fault({ at: 'bytes', path: unet, times: 1, does: { kind: 'changed', content: other } });
    hub.speed(null);
    hub.hangUp();
    await sheet.expectStored('mini');
    const asked = hub.requests.filter(({ at, path }) => at === 'bytes' && path === unet);
    expect(asked.map(({ range }) => range)).toEqual([null, expect.stringMatching(/^bytes=[1-9]\d*-$/), null]);
    await sheet.close();
    expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);
  });
});

test.describe('a full disk', () => {
  test('is told before anything is fetched; the model runs from memory', async ({
    app,
    sheet,
    hub,
    page,
  }) => {
    hub.publish('someone/mini', { files: layouts.miniature });
    await pretendFull(page);
    await sheet.look('someone/mini');
    await expect(sheet.found('mini')).toContainText(/Needs 3\.9 MB of storage/);
    await sheet
      .found('mini')
      .getByRole('button', { name: /^Download/ })
      .click();
    await expect(alertText(page)).toContainText('There is no room left');
    expect(hub.requests.filter(({ at, path }) => at === 'bytes' && path.endsWith('.onnx'))).toEqual([]);
    await alertText(page).getByRole('button', { name: 'Run from memory' }).click();
    await expect(sheet.row('mini')).toContainText('In memory only');
    await sheet.close();
    expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);
  });
  test('that the browser did not foretell is told, and the download goes on once there is room', async ({
    sheet,
    hub,
    page,
  }) => {
    hub.publish('someone/mini', { files: layouts.miniature });
    const session = await page.context().newCDPSession(page);
    const { origin } = new URL(page.url());
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000 });
    await sheet.look('someone/mini');
    await sheet
      .found('mini')
      .getByRole('button', { name: /^Download/ })
      .click();
    await expect(alertText(page)).toContainText('There is no room left');
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await alertText(page).getByRole('button', { name: 'Try again' }).click();
    await sheet.expectStored('mini');
  });
});

test.describe('what is stored', () => {
  test.beforeEach(async ({ hub, sheet }) => {
    hub.publish('someone/mini', { files: layouts.miniature });
    await sheet.fetch('someone/mini');
  });

  test('damage on disk is found by a check and fetched again alone', async ({ app, sheet, hub, page }) => {
    await damage(page, 'unet/model.onnx');
    const before = hub.requests.length;
    await sheet.row('mini').getByRole('button', { name: 'Check' }).click();
    await expect(sheet.row('mini')).toContainText('one damaged part was fetched again');
    const fetched = hub.requests.slice(before).filter(({ at }) => at === 'bytes');
    expect(fetched.map(({ path }) => path)).toEqual(['unet/model.onnx']);
    await sheet.close();
    expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);
  });

  test('damage that shows only when the model is loaded is put right then', async ({ app, sheet, page }) => {
    await damage(page, 'vae_decoder/model.onnx');
    await sheet.close();
    expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);
  });

  test('damage without the hub is told by the file’s name', async ({ sheet, hub, page }) => {
    await damage(page, 'unet/model.onnx');
    hub.remove('someone/mini');
    await sheet.row('mini').getByRole('button', { name: 'Check' }).click();
    await expect(sheet.row('mini')).toContainText('Damaged and not to be had again: unet/model.onnx');
  });

  test('deleting can be undone until the sheet closes, then the room is free and the built-in model draws', async ({
    app,
    sheet,
    page,
  }) => {
    const row = sheet.row('mini');
    await row.getByRole('button', { name: 'Delete' }).click();
    await row.getByRole('button', { name: 'Undo' }).click();
    await expect(row).toContainText('In use');
    await row.getByRole('button', { name: 'Delete' }).click();
    await sheet.close();
    await expect(toast(page, 'mini is no longer in this browser; Built-in draws now.')).toBeVisible();
    await expect(sheet.chip).toContainText('Built-in');
    expect(await storedKeys(page)).toEqual([]);
    await app.generate({ prompt: 'a calm beach at sunset', steps: 2 });
  });

  test('settings follow the model, and what the person chose stays', async ({ app, sheet }) => {
    await sheet.close();
    await app.openAdvanced();
    await expect(app.field('Width')).toHaveValue('128');
    await app.field('Steps').fill('11');
    await sheet.open();
    await sheet.row('Built-in').getByRole('button', { name: 'Use' }).click();
    await sheet.close();
    await expect(app.field('Width')).toHaveValue('256');
    await expect(app.field('Guidance')).toHaveValue('4');
    await expect(app.field('Steps')).toHaveValue('11');
  });

  test('goes to a folder and comes back on another machine, where there is no hub', async ({
    sheet,
    hub,
    page,
    browser,
  }, info) => {
    await page.evaluate(() => {
      Object.assign(window, { showDirectoryPicker: () => navigator.storage.getDirectory() });
    });
    await sheet.row('mini').getByRole('button', { name: 'Export' }).click();
    await expect(toast(page, /^mini is in the folder/)).toBeVisible();
    const folder = info.outputPath('copy');
    writeFolder(folder, await readOriginFiles(page));

    const context = await browser.newContext();
    const other = await context.newPage();
    const otherApp = new App(other);
    await otherApp.open();
    const otherSheet = await openSheet(other, hub);
    await hub.close();
    await other.getByLabel('Folder of a model').setInputFiles(folder);
    await otherSheet.found('mini').getByRole('button', { name: /^Copy/ }).click();
    await otherSheet.expectStored('mini');
    await otherSheet.close();
    expect(goldenDifference(await otherApp.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);
    await context.close();
  });

  test('a picture names its model; elsewhere it is offered, here it is switched to', async ({
    app,
    sheet,
    hub,
    browser,
  }) => {
    await sheet.close();
    await app.generate(goldenWanted);
    const { bytes } = await app.savedFile();
    expect(bytes.toString('latin1')).toContain('someone/mini');

    await sheet.open();
    await sheet.row('Built-in').getByRole('button', { name: 'Use' }).click();
    await sheet.close();
    await app.drop('picture.png', 'image/png', bytes);
    await app.page.getByRole('button', { name: 'Switch to mini' }).click();
    await expect(sheet.chip).toContainText('mini');
    await app.openAdvanced();
    await expect(app.field('Width')).toHaveValue(String(goldenWanted.width));

    const context = await browser.newContext();
    const other = await context.newPage();
    const otherApp = new App(other);
    await otherApp.open();
    await otherApp.drop('picture.png', 'image/png', bytes);
    await other.getByRole('button', { name: 'Get that model' }).click();
    await expect(other.getByLabel('Repository or its address')).toHaveValue(/^someone\/mini@[0-9a-f]{40}$/);
    expect(hub.hubUrl).toBeTruthy();
    await context.close();
  });
});

test.describe('several tabs', () => {
  test('a switch is seen by the others, and a large model is held by one at a time', async ({
    app,
    sheet,
    hub,
    page,
    context,
  }) => {
    const other = await context.newPage();
    const otherApp = new App(other);
    await otherApp.open();
    hub.publish('someone/mini', { files: layouts.miniature });
    await sheet.fetch('someone/mini');
    await sheet.close();
    await other.getByRole('button', { name: 'Use it here too' }).click();
    await expect(other.getByRole('button', { name: /^Model:/ })).toContainText('mini');

    await app.generate(goldenWanted);
    await otherApp.want(goldenWanted);
    await otherApp.generateButton.click();
    await other.getByRole('button', { name: 'Use it here', exact: true }).click();
    await expect(toast(page, 'Another tab has taken over the model.')).toBeVisible();
    await expect(otherApp.pictures).toHaveCount(1, { timeout: 60_000 });
    expect(goldenDifference(await otherApp.savedPixels())).toBeLessThanOrEqual(closeEnough);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`the sheet, ${colorScheme}`, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' } as object);

    test('axe finds no violation, and it fits on a phone', async ({ sheet, hub, page }) => {
      hub.publish('someone/mini', { files: layouts.miniature });
      hub.publish('someone/sdxl', { files: layouts.sdxl });
      await sheet.fetch('someone/mini');
      await sheet.look('someone/sdxl');
      await expect(alertText(page)).toBeVisible();
      for (const viewport of [
        { width: 1440, height: 900 },
        { width: 360, height: 740 },
      ]) {
        await page.setViewportSize(viewport);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ).toEqual([]);
        const box = (await sheet.dialog.boundingBox())!;
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
      }
    });
  });
}

function writeFolder(folder: string, files: layouts.Files): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** The weights' worker sees a browser without room: Chromium itself always claims ten gigabytes. */
async function pretendFull(page: Page): Promise<void> {
  const weights = page.workers().find((worker) => worker.url().includes('models-main'))!;
  await weights.evaluate(() => {
    navigator.storage.estimate = () => Promise.resolve({ quota: 1000, usage: 0 });
  });
}

/** Names of all records of the weights' database. */
function storedKeys(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('zoetrope-weights');
        opening.onerror = () => reject(new Error('the database could not be opened'));
        opening.onsuccess = () => {
          const request = opening.result.transaction('records').objectStore('records').getAllKeys();
          request.onsuccess = () => resolve(request.result as string[]);
        };
      }),
  );
}

/** Turns the first chunk of a stored file into zeros, as a failing disk might. */
function damage(page: Page, path: string): Promise<void> {
  return page.evaluate(
    (wanted) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('zoetrope-weights');
        opening.onerror = () => reject(new Error('the database could not be opened'));
        opening.onsuccess = () => {
          const store = opening.result.transaction('records', 'readwrite').objectStore('records');
          const all = store.getAll(IDBKeyRange.bound('model:', 'model:\uffff'));
          all.onsuccess = () => {
            const [manifest] = all.result as { files: { path: string; key: string; sizeBytes: number }[] }[];
            const file = manifest!.files.find((each) => each.path === wanted)!;
            const put = store.put(new ArrayBuffer(file.sizeBytes), `chunk:${file.key}:00000`);
            put.onsuccess = () => resolve();
          };
        };
      }),
    path,
  );
}

/** Everything in the origin's private file system, which stands in for the folder that a person would pick. */
async function readOriginFiles(page: Page): Promise<layouts.Files> {
  const entries = await page.evaluate(async () => {
    const found: [string, string][] = [];
    const walk = async (folder: FileSystemDirectoryHandle, prefix: string): Promise<void> => {
      const handles = (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values();
      for await (const handle of handles) {
        if (handle.kind === 'directory') {
          await walk(handle as FileSystemDirectoryHandle, `${prefix}${handle.name}/`);
          continue;
        }
        const file = await (handle as FileSystemFileHandle).getFile();
        const url = await new Promise<string>((resolve) => {
          const reader = new FileReader();
          reader.onload = () => resolve(reader.result as string);
          reader.readAsDataURL(file);
        });
        found.push([`${prefix}${handle.name}`, url.slice(url.indexOf(',') + 1)]);
      }
    };
    await walk(await navigator.storage.getDirectory(), '');
    return found;
  });
  return new Map(entries.map(([path, base64]) => [path, Buffer.from(base64, 'base64')]));
}
