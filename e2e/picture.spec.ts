import { expect, sharedApp, test } from './test.ts';
import { decodePixels } from './pixels.ts';

const quick = { steps: 4, seed: 7 };

test.describe('on one page', () => {
  const shared = sharedApp();

  test('a prompt becomes a picture, step by step, and is saved as a PNG', { tag: '@core' }, async () => {
    const app = shared();
    const { page } = app;
    await app.want({ prompt: 'a cute robot in a magical forest at night', steps: 10 });
    await app.prompt.press('ControlOrMeta+Enter');
    await expect(page.getByText(/^Step [1-9]\d* of 10/)).toBeVisible();
    await expect(page.getByRole('img', { name: 'The picture in the making' })).toBeVisible();
    await expect(page.getByText(/left/)).toBeVisible();
    await expect(app.pictures).toHaveCount(1);
    const { name, bytes } = await app.savedFile();
    expect(name).toMatch(/^a-cute-robot.*\.png$/);
    const pixels = await decodePixels(page, bytes);
    expect([pixels.width, pixels.height]).toEqual([256, 256]);
  });

  test('the same seed makes the same bytes, another seed does not', { tag: '@core' }, async () => {
    const app = shared();
    const first = await app.picture({ prompt: 'a calm beach at sunset', ...quick });
    const again = await app.picture({ ...quick });
    const other = await app.picture({ ...quick, seed: 8 });
    expect(Buffer.compare(first.data, again.data)).toBe(0);
    expect(Buffer.compare(first.data, other.data)).not.toBe(0);
  });

  test('cancel stops the work and the next run is clean', { tag: '@core' }, async () => {
    const app = shared();
    const { page } = app;
    const before = await app.pictures.count();
    await app.want({ prompt: 'a calm beach at sunset', steps: 150, seed: 7 });
    await app.generateButton.click();
    await expect(page.getByText(/^Step [1-9]\d* of 150/)).toBeVisible();
    await app.cancelButton.click();
    await expect(app.generateButton).toBeVisible();
    await expect(app.pictures).toHaveCount(before);
    await app.generate(quick);
  });

  test('a PNG of ours brings its settings back', { tag: '@core' }, async () => {
    const app = shared();
    const { page } = app;
    const prompt = 'a calm beach, "at sunset": 日本 🍄';
    await app.generate({ prompt, negative: 'people, boats', ...quick, guidance: 3 });
    const { bytes } = await app.savedFile();
    await app.want({ prompt: 'something else', steps: 9, guidance: 5, seed: 1, negative: '' });
    await app.drop('picture.png', 'image/png', bytes);
    await expect(app.prompt).toHaveValue(prompt);
    await expect(app.field('Negative prompt')).toHaveValue('people, boats');
    await expect(app.field('Steps')).toHaveValue('4');
    await expect(app.field('Guidance')).toHaveValue('3');
    await expect(app.field('Seed')).toHaveValue('7');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(app.prompt).toHaveValue('something else');
  });

  test('non-square sizes and image-to-image', async () => {
    const app = shared();
    const { page } = app;
    await app.generate({ prompt: 'a calm beach at sunset', ...quick, width: 320, height: 192 });
    const source = await app.savedPixels();
    expect([source.width, source.height]).toEqual([320, 192]);
    await page.getByRole('button', { name: 'Use as source' }).click();
    await app.field('Strength').fill('0.5');
    await app.generate({ prompt: 'a calm beach at night', ...quick, steps: 8 });
    const { bytes } = await app.savedFile();
    expect(bytes.toString('latin1')).toContain('Denoising strength: 0.5');
  });
});

test('several pictures have seeds one after the other, each with its own recipe', async ({ app, page }) => {
  await app.open();
  await app.generate({ prompt: 'snowy mountains at noon', ...quick, count: 3 });
  const seeds = [];
  for (const picture of await app.pictures.all()) {
    await picture.click();
    seeds.push(
      await page
        .getByText(/^[789]$/)
        .first()
        .textContent(),
    );
  }
  expect(seeds.sort()).toEqual(['7', '8', '9']);
});

test('the backend is chosen in settings, kept, and only its runtime is fetched', async ({ app, page }) => {
  const wasmFiles: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) wasmFiles.push(request.url());
  });
  await app.open('');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('combobox', { name: 'Backend' }).click();
  await page.getByRole('option', { name: /CPU/ }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await app.generate({ prompt: 'a calm beach at sunset', ...quick });
  expect(wasmFiles).toHaveLength(1);
  expect(wasmFiles[0]).toMatch(/ort-wasm-simd-threaded-[^.]*\.wasm$/);
});

test('the page is cross-origin isolated, so that the runtime has threads', async ({ app, page }) => {
  await app.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});
