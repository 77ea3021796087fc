/** What does not become a model, and why: the person is told. */
import { goldenWanted } from './golden-picture.ts';
import * as layouts from '../src/testing/hub/models.ts';
import { alertText, expect, test } from './hub-test.ts';
import { writeFolder } from './models-disk.ts';

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
