/** Exact and Fast: from the page, over the API and in films. */
import { askByFetch } from './api-ways.ts';
import { App } from './app.ts';
import { FilmApp } from './film-app.ts';
import { filmFacts } from './film-file.ts';
import { decodePixels, type Pixels } from './pixels.ts';
import { expect, test } from './test.ts';

const wanted = { prompt: 'a calm beach at sunset', seed: 7, steps: 14 };

/** Of 255, the mean over all channels. */
const difference = (a: Pixels, b: Pixels) =>
  a.data.reduce((sum, value, at) => sum + Math.abs(value - b.data[at]!), 0) / a.data.length;

const api = (fields: object) => ({
  method: 'POST',
  path: '/generate',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    prompt: wanted.prompt,
    seed: wanted.seed,
    num_inference_steps: wanted.steps,
    ...fields,
  }),
});

test('a fast picture is nearly the exact one, tells that it is, and is made again by its recipe and over the API', async ({
  page,
}) => {
  const app = new App(page);
  await app.open();
  const exact = await app.picture(wanted);
  await page.getByText('Fast', { exact: true }).click();
  await expect(page.getByRole('radio', { name: 'Fast' })).toBeChecked();
  await app.generate(wanted);
  const { bytes } = await app.savedFile();
  const fast = await decodePixels(page, bytes);
  expect(difference(fast, exact)).toBeGreaterThan(0);

  await page.getByText('Exact', { exact: true }).click();
  expect(difference(await app.picture(wanted), exact)).toBe(0);
  const other = await app.picture({ ...wanted, seed: 8 });
  expect(difference(fast, exact)).toBeLessThan(difference(other, exact) / 3);
  await app.drop('picture.png', 'image/png', bytes);
  await expect(page.getByRole('radio', { name: 'Fast' })).toBeChecked();
  expect(difference(await app.picture({}), fast)).toBe(0);

  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const asked = async (fields: object) => {
    const { status, body } = await askByFetch(page, api(fields));
    expect(status).toBe(200);
    return decodePixels(page, body);
  };
  expect(difference(await asked({ speed: 'fast' }), fast)).toBe(0);
  expect(difference(await asked({}), exact)).toBe(0);
  const refused = await askByFetch(page, api({ speed: 'medium' }));
  expect(refused.status).toBe(422);
  expect(refused.body.toString()).toContain('speed');
});

test('where a picture takes over a minute, Fast is offered with both times', async ({ page }) => {
  const app = new App(page);
  await app.open();
  await app.generate({ ...wanted, steps: 4 });
  await expect(page.getByText(/with Fast about/)).toBeHidden();
  // As if this device were slower.
  const slow = () =>
    page.evaluate(() => {
      for (const key of Object.keys(localStorage)) {
        const record = JSON.parse(localStorage.getItem(key)!) as { paces?: Record<string, unknown> };
        if (!record.paces) continue;
        const paces = Object.keys(record.paces).map(
          (name) => [name, { stepMs: 6000, decodeMs: 2000 }] as const,
        );
        localStorage.setItem(key, JSON.stringify({ ...record, paces: Object.fromEntries<unknown>(paces) }));
        return true;
      }
      return false;
    });
  await expect.poll(slow).toBe(true);
  await page.reload();
  await app.want({ steps: 30 });
  await expect(page.getByText('the picture takes about 3 min 2 s, with Fast about 1 min 14 s')).toBeVisible();
  await page.getByRole('button', { name: 'Use Fast' }).click();
  await expect(page.getByRole('radio', { name: 'Fast' })).toBeChecked();
  await expect(page.getByText(/with Fast about/)).toBeHidden();
});

test('a fast film tells so in its file; only what was changed is made again', async ({ page }) => {
  const film = new FilmApp(page);
  await film.open();
  await film.paste(['a calm beach at sunset', 'a forest at night']);
  await film.want({ Steps: 8 });
  await film.generate();
  const exact = await film.pictureFile(1);
  await page.getByText('Fast', { exact: true }).click();
  await expect(page.getByText(/^2 pictures, /)).toBeVisible();
  await film.generate();
  const fast = await film.pictureFile(1);
  expect(fast.equals(exact)).toBe(false);
  await film.prompt(2).fill('a forest at noon');
  await expect(page.getByText(/^1 picture, /)).toBeVisible();
  await film.generate();
  expect((await film.pictureFile(1)).equals(fast)).toBe(true);
  const file = await film.exportAs('MP4');
  expect(JSON.stringify(filmFacts(file.path))).toContain('fast');
});
