/** VAEs beside models. The model is the tests’ miniature. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as layouts from '../src/testing/hub/models.ts';
import { closeEnough, goldenDifference, goldenWanted } from './golden-picture.ts';
import { expect, test } from './hub-test.ts';

const file = (path: string, name: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: readFileSync(join(import.meta.dirname, 'golden/checkpoints', path)),
});

test('another VAE is added and chosen; the model’s own comes back', async ({ app, sheet, hub, page }) => {
  hub.publish('someone/checkpoint', { files: layouts.variants, licence: 'mit' });
  await sheet.fetch('someone/checkpoint');
  const section = sheet.dialog.getByRole('region', { name: 'LoRAs and embeddings' });
  await section
    .locator('input[type=file]')
    .setInputFiles(file('diffusers/taesd/diffusion_pytorch_model.safetensors', 'quick.safetensors'));
  await expect(section.getByRole('listitem', { name: 'quick' })).toContainText('Chosen under Advanced.');
  await sheet.close();
  await app.want(goldenWanted);

  await app.field('VAE').click();
  await page.getByRole('option', { name: 'quick' }).click();
  expect(goldenDifference(await app.picture({}))).toBeGreaterThan(4 * closeEnough);
  expect((await app.savedFile()).bytes.toString('latin1')).toContain('VAE: quick');

  await app.field('VAE').click();
  await page.getByRole('option', { name: 'The model’s own' }).click();
  expect(goldenDifference(await app.picture({}))).toBeLessThanOrEqual(closeEnough);
});
