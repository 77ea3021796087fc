/** LoRAs and embeddings beside the prompt. The model is the tests' miniature, the files are real ones in kohya's and A1111's forms. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as layouts from '../src/testing/hub/models.ts';
import { closeEnough, differenceToPicture, goldenDifference, goldenWanted } from './golden-picture.ts';
import { expect, test } from './hub-test.ts';
import { toast } from './toast.ts';

const file = (path: string, name: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: readFileSync(join(import.meta.dirname, 'golden/checkpoints', path)),
});

test('a LoRA is added, weighed and taken away beside the prompt; the picture follows, and tells it', async ({
  app,
  sheet,
  hub,
  page,
}) => {
  hub.publish('someone/checkpoint', { files: layouts.variants, licence: 'mit' });
  await sheet.fetch('someone/checkpoint');
  await sheet.close();
  expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);

  await page.getByRole('button', { name: 'LoRAs and embeddings' }).click();
  await expect(page.getByText('None added yet.')).toBeVisible();
  await page
    .getByRole('form', { name: 'New picture' })
    .locator('input[type=file][multiple]')
    .setInputFiles([
      file('lora/kohya-alpha-by-layer-te.safetensors', 'ink.safetensors'),
      file('embeddings/kohya.safetensors', 'frost.safetensors'),
    ]);
  await page.getByLabel('Use ink').check();
  await expect(app.prompt).toHaveValue(`${goldenWanted.prompt} <lora:ink:1>`);
  await app.field('Weight of ink').fill('0.6');
  await page.getByLabel('Another weight for the text encoder').check();
  await app.field('Weight of ink in the text encoder').fill('0.2');
  await expect(app.prompt).toHaveValue(`${goldenWanted.prompt} <lora:ink:0.2:0.6>`);

  await app.generate();
  const { bytes } = await app.savedFile();
  expect(goldenDifference(await app.savedPixels())).toBeGreaterThan(4 * closeEnough);
  expect(bytes.toString('latin1')).toMatch(/Lora hashes: "ink: [0-9a-f]{12}"/);

  await page.getByLabel('Use ink').uncheck();
  await expect(app.prompt).toHaveValue(goldenWanted.prompt!);
  expect(goldenDifference(await app.picture(goldenWanted))).toBeLessThanOrEqual(closeEnough);

  await page.getByRole('button', { name: 'frost: to the prompt' }).click();
  await expect(app.prompt).toHaveValue(`${goldenWanted.prompt}, frost`);
  await expect(page.getByRole('button', { name: 'frost: to the prompt' })).toBeDisabled();

  await app.prompt.fill('a cat <lora:lost:1>');
  await app.generateButton.click();
  await expect(page.getByText('There is no LoRA “lost” in this browser').first()).toBeVisible();
  await page.getByRole('button', { name: 'Take lost out of the prompt' }).click();
  await expect(app.prompt).toHaveValue('a cat');

  await app.drop('theirs.png', 'image/png', bytes);
  await expect(app.prompt).toHaveValue(`${goldenWanted.prompt} <lora:ink:0.2:0.6>`);
  await expect(toast(page, 'Settings restored')).toBeVisible();
  await expect(toast(page, 'Not in this browser: the LoRA')).toBeHidden();
});

test('a LoRA draws the reference’s picture, also offline after a reload; without it the model draws its own', async ({
  app,
  sheet,
  hub,
  page,
}) => {
  hub.publish('someone/checkpoint', { files: layouts.variants, licence: 'mit' });
  await sheet.fetch('someone/checkpoint');
  const added = sheet.dialog.getByRole('region', { name: 'LoRAs and embeddings' });
  await added
    .locator('input[type=file]')
    .setInputFiles(file('lora/kohya-uniform-alpha.safetensors', 'ink.safetensors'));
  await expect(added.getByRole('listitem', { name: 'ink' })).toBeVisible();
  await sheet.close();
  await hub.close();
  const drawn = async (weight: string) => {
    const tag = weight === '' ? '' : ` <lora:ink:${weight}>`;
    return app.picture({ ...goldenWanted, prompt: `${goldenWanted.prompt}${tag}` });
  };
  expect(differenceToPicture(await drawn('1'), 'lora@1.0')).toBeLessThanOrEqual(closeEnough);

  await page.context().setOffline(true);
  await page.reload();
  await expect(sheet.chip).toContainText('checkpoint');
  expect(differenceToPicture(await drawn('0.6'), 'lora@0.6')).toBeLessThanOrEqual(closeEnough);
  expect(goldenDifference(await drawn(''))).toBeLessThanOrEqual(closeEnough);
});
