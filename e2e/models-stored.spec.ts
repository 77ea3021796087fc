/** Models that are stored: damaged, deleted, moved, and used by several tabs. */
import { App } from './app.ts';
import { closeEnough, goldenDifference, goldenWanted } from './golden-picture.ts';
import * as layouts from '../src/testing/hub/models.ts';
import { expect, openSheet, test } from './hub-test.ts';
import { damage, readOriginFiles, storedKeys, writeFolder } from './models-disk.ts';
import { toast } from './toast.ts';

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
