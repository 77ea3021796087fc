/** What the sheet tells of a model before and after it is fetched: whether it fits, what was filled in, which revision it is. */
import { App } from './app.ts';
import { goldenDifference, goldenWanted } from './golden-picture.ts';
import * as layouts from '../src/testing/hub/models.ts';
import { expect, openSheet, test } from './hub-test.ts';

test.describe('on a machine without a GPU', () => {
  // The probe is told which machine it runs on by a change to the engine's script, which the service worker would not see.
  test.use({ serviceWorkers: 'block' });

  for (const [memoryGb, kind] of [
    [8, 'enough'],
    [2, 'little'],
  ] as const) {
    test(`with ${kind} memory`, async ({ app, hub, page }) => {
      await page.route(/\/assets\/main-[^/]*\.js$/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: machine({ memoryGb, cores: 2 }) + (await response.text()) });
      });
      await app.open();
      const sheet = await openSheet(page, hub);
      await expect(sheet.row('Tiny SD')).toContainText('Without a usable GPU the CPU draws: about 12 min');
      await expect(sheet.row('Tiny SD')).not.toContainText('Recommended');
      if (kind === 'little') {
        await expect(sheet.row('LCM Tiny SD')).toContainText(
          'Needs about 3.84 GB of memory; there are 2.15 GB.',
        );
        await expect(sheet.dialog.getByText('Recommended')).toHaveCount(0);
        return;
      }
      await expect(sheet.row('LCM Tiny SD')).toContainText('Recommended');
      await expect(sheet.row('LCM Tiny SD')).toContainText('the CPU draws: about 2 min 4 s for a picture');
      hub.publish('akameswa/lcm-tiny-sd-onnx-fp16', { files: layouts.external });
      await sheet.row('LCM Tiny SD').getByRole('button', { name: 'Download 995 MB' }).click();
      await sheet.expectStored('LCM Tiny SD');
      await expect(sheet.row('LCM Tiny SD')).toContainText('In use');
    });
  }
});

const machine = (facts: { readonly memoryGb: number; readonly cores: number }) => `
  Object.defineProperty(WorkerNavigator.prototype, 'deviceMemory', { value: ${facts.memoryGb} });
  Object.defineProperty(WorkerNavigator.prototype, 'hardwareConcurrency', { value: ${facts.cores} });
  Object.defineProperty(WorkerNavigator.prototype, 'gpu', { value: undefined });
`;

test('a model of the catalogue from its second source tells what was filled in', async ({ sheet, hub }) => {
  hub.publish('RanaLLC/tiny-sd-onnx-fp16', { files: layouts.bare });
  const row = sheet.row('Tiny SD');
  await expect(row).not.toContainText('taken as usual');
  await row.getByRole('button', { name: 'Download 1.06 GB' }).click();
  await sheet.expectStored('Tiny SD');
  await expect(row).toContainText(
    /Not in RanaLLC\/tiny-sd-onnx-fp16, and taken as usual for this family: scheduler\/scheduler_config\.json, unet\/config\.json/,
  );
});

test('another version of a model of the catalogue can be fetched too, and its line tells which one draws', async ({
  sheet,
  hub,
}) => {
  const repository = 'RanaLLC/tiny-sd-onnx-fp16';
  const older = hub.publish(repository, { files: layouts.miniature });
  const newer = hub.publish(repository, {
    files: new Map([...layouts.miniature, ['README.md', Buffer.from('# Better now')]]),
  });
  const row = sheet.row('Tiny SD').first();
  await row.getByRole('button', { name: /^Download/ }).click();
  await expect(row).toContainText(`version ${newer.slice(0, 7)}`);
  await expect(row).toContainText('In use');
  await sheet.look(`${repository}@${older}`);
  const found = sheet.found('Tiny SD');
  await expect(found).toContainText('Another version is in the list above.');
  await found.getByRole('button', { name: /^Download/ }).click();
  await expect(row).toContainText(`version ${older.slice(0, 7)}`);
  await expect(row).toContainText('In use');
  await expect(found).toContainText('It is in the list above.');
});

test('an address with a pinned revision: that revision is fetched, is named in the picture, and is asked for again', async ({
  app,
  sheet,
  hub,
  browser,
}) => {
  const pinned = hub.publish('someone/mini', { files: layouts.miniature });
  const later = hub.publish('someone/mini', {
    files: new Map([...layouts.miniature, ['README.md', Buffer.from('# Better now')]]),
  });
  expect(later).not.toBe(pinned);
  await sheet.look(`${hub.hubUrl}/someone/mini/tree/${pinned}`);
  await expect(sheet.found('mini')).toContainText(`version ${pinned.slice(0, 7)}`);
  await sheet
    .found('mini')
    .getByRole('button', { name: /^Download/ })
    .click();
  await sheet.expectStored('mini');
  await expect(sheet.row('mini')).toContainText(`version ${pinned.slice(0, 7)}`);
  await sheet.close();
  expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(2.5);
  const { bytes } = await app.savedFile();
  expect(bytes.toString('latin1')).toContain(`"model":{"id":"someone/mini","revision":"${pinned}"}`);

  const context = await browser.newContext();
  const other = await context.newPage();
  const otherApp = new App(other);
  await otherApp.open();
  const otherSheet = await openSheet(other, hub);
  await otherSheet.close();
  await otherApp.drop('picture.png', 'image/png', bytes);
  await other.getByRole('button', { name: 'Get that model' }).click();
  await expect(other.getByLabel('Repository or its address')).toHaveValue(`someone/mini@${pinned}`);
  await otherSheet.dialog.getByRole('button', { name: 'Look' }).click();
  await expect(otherSheet.found('mini')).toContainText(`version ${pinned.slice(0, 7)}`);
  await context.close();
});
