/** A download of a model: paused, resumed, cancelled, damaged, shared, and where there is no room for it. */
import { App } from './app.ts';
import { closeEnough, goldenDifference, goldenWanted } from './golden-picture.ts';
import * as layouts from '../src/testing/hub/models.ts';
import { alertText, expect, openSheet, test } from './hub-test.ts';
import { pretendFull, storedKeys } from './models-disk.ts';

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
