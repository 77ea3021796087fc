/** Models of weights: the app makes its own graphs of them. The hub is our own; browser, IndexedDB and ONNX Runtime are the real ones. */
import {
  closeEnough,
  differenceToPicture,
  goldenDifference,
  goldenWanted,
  wantedOfPicture,
} from './golden-picture.ts';
import * as layouts from '../src/testing/hub/models.ts';
import { madeCkpt, madeSafetensors } from '../src/testing/made-checkpoint.ts';
import { expect, test } from './hub-test.ts';

test('Tiny SD from its makers: pickled weights become the reference’s picture, also after a reload, without the hub', async ({
  app,
  sheet,
  hub,
}) => {
  hub.publish('segmind/tiny-sd', {
    files: layouts.tinySd,
    licence: 'creativeml-openrail-m',
    commit: 'cad0bd7495fa6c4bcca01b19a723dc91627fe84f',
  });
  await expect(sheet.row('Tiny SD').first()).toContainText('CreativeML Open RAIL-M');
  await sheet.row('Tiny SD').getByRole('button', { name: 'Download 1.06 GB' }).click();
  await sheet.expectStored('Tiny SD');
  const fetched = hub.requests.filter(({ at }) => at === 'bytes').map(({ path }) => path);
  expect(fetched.filter((path) => path.includes('safety_checker'))).toEqual([]);
  await sheet.close();
  await hub.close();
  expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);

  await app.page.reload();
  await expect(sheet.chip).toContainText('Tiny SD');
  expect(goldenDifference(await app.picture({ ...goldenWanted }))).toBeLessThanOrEqual(closeEnough);
});

test('any checkpoint by its id: the smallest variant is fetched, nothing else', async ({
  app,
  sheet,
  hub,
}) => {
  hub.publish('someone/checkpoint', { files: layouts.variants, licence: 'mit' });
  await sheet.look('someone/checkpoint');
  await expect(sheet.found('checkpoint')).toContainText('Licence: mit');
  await sheet.fetch('someone/checkpoint');
  await expect(sheet.row('checkpoint')).toContainText('In use');
  const weights = hub.requests.filter(({ at, path }) => at === 'bytes' && /safetensors|bin$/.test(path));
  expect(new Set(weights.map(({ path }) => path.split('/').at(-1)))).toEqual(
    new Set(['model.fp16.safetensors', 'diffusion_pytorch_model.fp16.safetensors']),
  );
  await sheet.close();
  expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);
});

test('a repository in shards: all of them are fetched, and drawn with', async ({ app, sheet, hub }) => {
  hub.publish('someone/parted', { files: layouts.sharded, licence: 'mit' });
  await sheet.fetch('someone/parted');
  const fetched = hub.requests.filter(({ at, path }) => at === 'bytes' && path.includes('-of-00003'));
  expect(new Set(fetched.map(({ path }) => path)).size).toBe(3);
  await sheet.close();
  expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);
});

const madeWanted = wantedOfPicture('made');

test('a checkpoint of one file from the disk draws the reference’s picture, also without the text encoder’s last layer', async ({
  app,
  sheet,
}) => {
  await sheet.dialog.getByLabel('File of a model').setInputFiles({
    name: 'meadow.safetensors',
    mimeType: 'application/octet-stream',
    buffer: madeSafetensors(),
  });
  await sheet.found('meadow').getByRole('button', { name: /^Copy/ }).click();
  await sheet.expectStored('meadow');
  await sheet.close();
  expect(differenceToPicture(await app.picture(madeWanted), 'made')).toBeLessThanOrEqual(closeEnough);

  await app.field('Clip skip').fill('2');
  expect(differenceToPicture(await app.picture({}), 'made/clip-skip-2')).toBeLessThanOrEqual(closeEnough);
  expect((await app.savedFile()).bytes.toString('latin1')).toContain('Clip skip: 2');
});

test('the same as a pickle in a repository draws it too, and nothing in it is called', async ({
  app,
  sheet,
  hub,
}) => {
  hub.publish('someone/meadow', { files: new Map([['meadow.ckpt', madeCkpt()]]), licence: 'mit' });
  await sheet.look('someone/meadow');
  await sheet
    .found('meadow.ckpt')
    .getByRole('button', { name: /^Download/ })
    .click();
  await sheet.expectStored('meadow.ckpt');
  await sheet.close();
  expect(differenceToPicture(await app.picture(madeWanted), 'made')).toBeLessThanOrEqual(closeEnough);
});
