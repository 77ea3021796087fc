/** The app's own graphs on a GPU, in single precision, against the CPU: WebGPU is Chromium's software adapter, right and very slow. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as layouts from '../src/testing/hub/models.ts';
import { madeSafetensors } from '../src/testing/made-checkpoint.ts';
import type { Wanted } from './app.ts';
import { wantedOfPicture } from './golden-picture.ts';
import { expect, test as base } from './hub-test.ts';
import { mostDifference } from './pixels.ts';
import { computeOnlyWhatIsAsked, softwareGpu } from './software-gpu.ts';

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
const golden = (path: string) => readFileSync(join(import.meta.dirname, 'golden/checkpoints', path));
const tiny: Wanted = { ...wantedOfPicture('made'), steps: 1 };

/** What is drawn with these settings on the CPU and, after a reload, on the GPU; nothing may have moved from there to the CPU. */
const test = base.extend<{ onBoth: (wanted: Wanted) => Promise<number> }>({
  onBoth: ({ app, page }, use) =>
    use(async (wanted) => {
      const cpu = await app.picture(wanted);
      await app.open('?backend=webgpu');
      const gpu = await app.picture(wanted);
      await expect(page.getByText(/the work goes on with the CPU|in a slower, safer way/)).toBeHidden();
      return mostDifference(gpu, cpu);
    }),
});

test.use(softwareGpu);
computeOnlyWhatIsAsked();
test.slow();

test('Stable Diffusion 1 without the text encoder’s last layer: the same picture', async ({
  sheet,
  app,
  onBoth,
}) => {
  await sheet.dialog
    .getByLabel('File of a model')
    .setInputFiles(file('meadow.safetensors', madeSafetensors()));
  await sheet.found('meadow').getByRole('button', { name: /^Copy/ }).click();
  await sheet.expectStored('meadow');
  await sheet.close();
  await app.openAdvanced();
  await app.field('Clip skip').fill('2');
  expect(await onBoth(tiny)).toBeLessThanOrEqual(2);
});

test('Tiny SD with a LoRA, an embedding and a small VAE: the same picture', async ({
  sheet,
  app,
  hub,
  page,
  onBoth,
}) => {
  hub.publish('someone/checkpoint', { files: layouts.variants, licence: 'mit' });
  await sheet.fetch('someone/checkpoint');
  const added = sheet.dialog.getByRole('region', { name: 'LoRAs and embeddings' });
  await added
    .locator('input[type=file]')
    .setInputFiles([
      file('ink.safetensors', golden('lora/kohya-alpha-by-layer-te.safetensors')),
      file('frost.safetensors', golden('embeddings/kohya.safetensors')),
      file('quick.safetensors', golden('diffusers/taesd/diffusion_pytorch_model.safetensors')),
    ]);
  await expect(added.getByRole('listitem', { name: 'quick' })).toBeVisible();
  await sheet.close();
  await app.openAdvanced();
  await app.field('VAE').click();
  await page.getByRole('option', { name: 'quick' }).click();
  expect(await onBoth({ ...tiny, prompt: 'a cat in frost <lora:ink:0.7>' })).toBeLessThanOrEqual(2);
});
