/** Files from the person's own disk: a checkpoint of one file, LoRAs and embeddings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { floats, safetensors } from '../src/testing/safetensors.ts';
import { bytesOf, global, op, pickle, string, torchZip, tupleOf } from '../src/testing/torch-file.ts';
import { expect, openSheet, test } from './hub-test.ts';

const folder = join(import.meta.dirname, 'golden/checkpoints');
const file = (path: string, name: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: readFileSync(join(folder, path)),
});

test('a checkpoint of one file is told, copied and kept', async ({ app, hub, page }) => {
  await app.open();
  const sheet = await openSheet(page, hub);
  const input = sheet.dialog.getByLabel('File of a model');
  await input.setInputFiles(file('lora/kohya-locon.safetensors', 'style.safetensors'));
  await expect(sheet.dialog.getByRole('alert')).toContainText('style.safetensors is a LoRA');

  await input.setInputFiles(file('single-file/sd2.safetensors', 'forest.safetensors'));
  await expect(sheet.found('forest (velocity)')).toBeVisible();
  await expect(sheet.found('forest (noise)')).toBeVisible();

  await input.setInputFiles(file('single-file/sd1.ckpt', 'meadow.ckpt'));
  await sheet.found('meadow').getByRole('button', { name: /^Copy/ }).click();
  await sheet.expectStored('meadow');
  await page.reload();
  await sheet.open();
  await sheet.row('meadow').getByRole('button', { name: 'Check' }).click();
  await expect(sheet.row('meadow')).toContainText('every byte is as it was');
});

test('a checkpoint of one file in a repository, or at an address, is told by its first bytes and fetched', async ({
  app,
  hub,
  page,
}) => {
  const bytes = readFileSync(join(folder, 'single-file/sd1.safetensors'));
  hub.publish('someone/meadow', { files: new Map([['meadow.safetensors', bytes]]), licence: 'mit' });
  await app.open();
  const sheet = await openSheet(page, hub);
  await sheet.look('someone/meadow');
  await expect(sheet.found('meadow.safetensors')).toContainText('Licence: mit');
  await sheet
    .found('meadow.safetensors')
    .getByRole('button', { name: /^Download/ })
    .click();
  await sheet.expectStored('meadow.safetensors');

  const lora = readFileSync(join(folder, 'lora/kohya-locon.safetensors'));
  hub.publish('someone/style', { files: new Map([['style.safetensors', lora]]) });
  await sheet.look(`${hub.hubUrl}/someone/style/resolve/main/style.safetensors`);
  await expect(sheet.dialog.getByRole('alert')).toContainText('style.safetensors is a LoRA');
});

test('LoRAs and embeddings are added, called, deleted and taken back', async ({ app, hub, page }) => {
  await app.open();
  const sheet = await openSheet(page, hub);
  const section = sheet.dialog.getByRole('region', { name: 'LoRAs and embeddings' });
  const input = section.locator('input[type=file]');
  await input.setInputFiles([
    file('lora/kohya-uniform-alpha.safetensors', 'Ink Lines.safetensors'),
    file('embeddings/learned_embeds.bin', 'frost.bin'),
    file('embeddings/for-sdxl.safetensors', 'xl.safetensors'),
  ]);
  const row = (name: string) => section.getByRole('listitem', { name, exact: true });
  await expect(row('Ink Lines')).toContainText('<lora:Ink Lines:1>');
  await expect(row('frost')).toContainText('Embedding');
  await expect(section.getByRole('alert')).toContainText(
    'xl.safetensors is an embedding for Stable Diffusion XL',
  );

  await row('Ink Lines').getByRole('button', { name: 'Delete Ink Lines' }).click();
  await expect(row('Ink Lines')).toBeHidden();
  await section.getByRole('button', { name: 'Undo' }).click();
  await expect(row('Ink Lines')).toBeVisible();

  await page.reload();
  await sheet.open();
  await expect(row('Ink Lines')).toBeVisible();
  await expect(row('frost')).toBeVisible();
});

test('a file that is no model is refused in words, and nothing of it is kept or run', async ({
  app,
  hub,
  page,
}) => {
  await app.open();
  const sheet = await openSheet(page, hub);
  const input = sheet.dialog.getByLabel('File of a model');
  const whole = readFileSync(join(folder, 'single-file/sd1.safetensors'));
  const system = bytesOf(global('os', 'system'), tupleOf(string('id')), op.reduce);
  const wrong: readonly (readonly [name: string, content: Uint8Array, words: RegExp])[] = [
    [
      'half.safetensors',
      whole.subarray(0, whole.length / 2),
      /half\.safetensors is no valid safetensors file/,
    ],
    ['spell.ckpt', torchZip(pickle(system)), /spell\.ckpt asks for os\.system.*Nothing of it was run/],
    ['xl.safetensors', safetensors({ 'conditioner.embedders.0.x': floats([1], [1]) }), /Stable Diffusion XL/],
    ['notes.safetensors', new TextEncoder().encode('not weights at all'), /notes\.safetensors/],
    [
      'vae.safetensors',
      readFileSync(join(folder, 'diffusers/taesd/diffusion_pytorch_model.safetensors')),
      /no UNet/,
    ],
  ];
  for (const [name, content, words] of wrong) {
    await input.setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
    await expect(sheet.dialog.getByRole('alert')).toContainText(words);
    await expect(sheet.dialog.getByRole('list', { name: 'Found' })).toHaveCount(0);
  }
});
