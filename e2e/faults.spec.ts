import { expect, test } from './test.ts';

const quick = { prompt: 'a calm beach at sunset', steps: 4, seed: 7 };

test.describe('bad input is answered beside its field and nothing is lost', () => {
  test.beforeEach(async ({ app }) => {
    await app.open();
    await app.openAdvanced();
  });

  test('an empty prompt', async ({ app }) => {
    await app.generateButton.click();
    await expect(app.prompt).toHaveAttribute('aria-invalid', 'true');
    await expect(app.prompt).toHaveAccessibleDescription(/.+/);
    await expect(app.prompt).toBeFocused();
  });

  test('steps 0', async ({ app }) => {
    await app.want({ ...quick, steps: 0 });
    await app.generateButton.click();
    await expect(app.field('Steps')).toHaveAttribute('aria-invalid', 'true');
    await expect(app.field('Steps')).toHaveAccessibleDescription(/1.*150/);
    await expect(app.prompt).toHaveValue(quick.prompt);
    await app.generate({ steps: 4 });
  });

  test('a size the model cannot take: the nearest one is offered', async ({ app, page }) => {
    await app.want({ ...quick, width: 250, height: 256 });
    await app.generateButton.click();
    await expect(app.field('Width')).toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('button', { name: /^Use 256/ }).click();
    await expect(app.field('Width')).toHaveValue('256');
  });

  test('a source that is no image', async ({ app, page }) => {
    await page.getByLabel('Source picture').setInputFiles({
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('no picture'),
    });
    await expect(page.getByRole('group', { name: 'Begin from a picture' }).getByRole('alert')).toBeVisible();
    await app.generate(quick);
  });

  test('10,000 characters are read to the end', async ({ app }) => {
    await app.generate({ ...quick, steps: 1, prompt: 'a calm beach at sunset, '.repeat(416) });
  });
});

test('a worker that crashes: a clear error, and the next run works', async ({ app, page }) => {
  await app.open();
  await app.want({ ...quick, steps: 150 });
  await app.generateButton.click();
  await expect(page.getByText(/^Step [1-9]\d* of 150/)).toBeVisible();
  const engine = page.workers().find((worker) => worker.url().includes('/assets/main-'))!;
  await engine.evaluate(() => {
    setTimeout(() => {
      throw new Error('a crash made by the test');
    });
  });
  await expect(page.getByRole('alert')).toContainText(/engine|stopped|crash/i);
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await app.generate({ steps: 4 });
});

test.describe('the network fails', () => {
  // The service worker would answer from its cache, and its requests are not Playwright's to break.
  test.use({ serviceWorkers: 'block' });

  test('a model file that does not arrive: a clear error, and trying again works', async ({ app, page }) => {
    await page.route('**/models/built-in/unet/**', (route) => route.abort('connectionreset'));
    await app.open();
    await app.want(quick);
    await app.generateButton.click();
    await expect(page.getByRole('alert')).toBeVisible();
    await page.unroute('**/models/built-in/unet/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(app.pictures).toHaveCount(1);
  });

  test('the runtime does not arrive: told as such, and trying again works', async ({ app, page }) => {
    await page.route('**/assets/ort-wasm-*.wasm', (route) => route.abort('connectionreset'));
    await app.open();
    await app.want(quick);
    await app.generateButton.click();
    await expect(page.getByRole('alert')).toContainText('A part of the app is not here yet');
    await page.unroute('**/assets/ort-wasm-*.wasm');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(app.pictures).toHaveCount(1);
  });

  test('an error page in place of a model file never becomes a model', async ({ app, page }) => {
    await page.route('**/models/built-in/vae_decoder/model.onnx', (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Sorry</h1>' }),
    );
    await app.open();
    await app.want(quick);
    await app.generateButton.click();
    await expect(page.getByRole('alert')).toBeVisible();
  });
});
