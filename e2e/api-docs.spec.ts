/** `/docs` and `/redoc`, and through them the API as an independent client (Swagger UI's own) reads it from the document. */
import { expect, test } from './test.ts';

test('what is tried in /docs really runs, with no other tab open, and nothing comes from another site', async ({
  page,
  baseURL,
}) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(baseURL!))
      foreign.push(request.url());
  });
  await page.goto('/docs');
  await page.getByRole('button', { name: /POST \/generate Make a picture/i }).click();
  const operation = page.locator('#operations-images-generate');
  await operation
    .getByRole('textbox')
    .last()
    .fill('{"prompt": "a calm beach at sunset", "num_inference_steps": 2, "seed": 6}');
  await expect(async () => {
    await operation.getByRole('button', { name: 'Execute' }).click();
    await expect(operation.locator('.live-responses-table tbody .response-col_status').first()).toHaveText(
      /200/,
      {
        timeout: 20_000,
      },
    );
  }).toPass();
  await expect(operation.getByRole('link', { name: 'Download file' })).toBeVisible();
  await expect(operation.locator('.live-responses-table')).toContainText('x-seed: 6');
  expect(foreign).toEqual([]);
});

test('/redoc is there to read, and nothing comes from another site', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on('response', (response) => {
    if (!/^(blob|data):/.test(response.url()) && !response.url().startsWith(baseURL!))
      foreign.push(response.url());
  });
  await page.goto('/redoc');
  await expect(page.getByRole('heading', { name: 'Make a film of scenes' })).toBeVisible();
  await expect(page.getByText('duration_per_scene').first()).toBeVisible();
  expect(foreign).toEqual([]);
});

test('openapi.json is there', async ({ request }) => {
  const response = await request.get('/openapi.json');
  expect(response.headers()['content-type']).toContain('application/json');
  expect(await response.json()).toMatchObject({
    openapi: '3.1.0',
    paths: { '/generate': {}, '/generate-video': {} },
  });
});
