/** Models from the hub: found by their names, in every layout. The hub is our own; browser, IndexedDB, hashes and ONNX Runtime are the real ones. */
import AxeBuilder from '@axe-core/playwright';
import { closeEnough, goldenDifference, goldenWanted } from './golden-picture.ts';
import * as layouts from '../src/testing/hub/models.ts';
import { alertText, expect, test } from './hub-test.ts';

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
