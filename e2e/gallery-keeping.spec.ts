/** Everything that is made is kept: whoever asked for it, and whatever becomes of the page. */
import { askByCurl } from './api-ways.ts';
import { killInMidWrite } from './crash.ts';
import { GalleryApp } from './gallery-app.ts';
import { readGallery } from './gallery-records.ts';
import { expect, test } from './test.ts';

const json = { 'content-type': 'application/json' };

test('what scripts ask for is in the gallery, marked so, with the bytes that they got', async ({
  app,
  page,
  baseURL,
}) => {
  await app.open();
  const ask = (method: string, path: string, fields?: object) =>
    askByCurl(baseURL!, { method, path, headers: json, ...(fields && { body: JSON.stringify(fields) }) });
  await expect.poll(async () => (await ask('GET', '/jobs')).status).toBe(200);
  const picture = await ask('POST', '/generate', {
    ...{ prompt: 'a calm beach at sunset', num_inference_steps: 2, seed: 7, width: 320, height: 180 },
  });
  const film = await ask('POST', '/generate-video', {
    ...{ scenes: ['a forest at dawn', 'a forest at night'], duration_per_scene: 1, num_inference_steps: 2 },
  });
  const gallery = new GalleryApp(page);
  await gallery.open();
  await expect(gallery.works).toHaveCount(2);
  await gallery.openWork(0);
  await expect(page.getByText('made through the API')).toBeVisible();
  const saved = await gallery.download(gallery.button('Save'));
  expect([film.status, saved.equals(film.body)]).toEqual([200, true]);
  await gallery.button('Next').click();
  await expect(page.getByText('320 × 180', { exact: false })).toBeVisible();
  const savedPicture = await gallery.download(gallery.button('Save'));
  expect([picture.status, savedPicture.equals(picture.body)]).toEqual([200, true]);
  await gallery.button('Use these settings').click();
  await expect(app.prompt).toHaveValue('a calm beach at sunset');
});

test('a page that dies in the middle of writing a picture leaves no half of it, and it is made again after asking', async ({
  app,
  page,
  context,
  browser,
}) => {
  await app.open();
  await app.generate({ prompt: 'a calm beach at sunset', steps: 2, seed: 7 });
  const dies = await killInMidWrite(page, browser, 1);
  await app.want({ prompt: 'snowy mountains', seed: 8 });
  await app.generateButton.click();
  await dies();
  const next = await context.newPage();
  const gallery = new GalleryApp(next);
  await gallery.open();
  await expect(gallery.works).toHaveCount(1);
  const { works, orphans } = await readGallery(next);
  expect(orphans).toEqual([]);
  expect(works.map(({ work, fileBytes }) => [work.text, fileBytes])).toEqual([
    ['a calm beach at sunset', works[0]!.work.sizeBytes],
  ]);
  await expect(next.getByText(/^1 job is waiting from before/)).toBeVisible();
  await gallery.button('Go on').click();
  await expect(gallery.works).toHaveCount(2);
});

test('a page that dies in the middle of an import keeps whole works only; importing again brings the rest', async ({
  page,
  context,
  browser,
}) => {
  const gallery = new GalleryApp(page);
  await gallery.openFilled(8);
  const before = await readGallery(page);
  const zip = await gallery.exportAll();
  await gallery.deleteAll();
  const dies = await killInMidWrite(page, browser, 4);
  await gallery.importFile(zip);
  await dies();
  const next = new GalleryApp(await context.newPage());
  await next.open();
  await expect(next.works).toHaveCount(3);
  const { works, orphans } = await readGallery(next.page);
  expect(orphans).toEqual([]);
  for (const work of works) expect(before.works).toContainEqual(work);
  await next.importFile(zip);
  await expect(next.page.getByText('5 works added, 3 were here already.', { exact: true })).toBeVisible();
  expect(await readGallery(next.page)).toEqual(before);
});

test('when the storage runs short, it is said before anything is lost, with what to do about it', async ({
  app,
  page,
}) => {
  // Played: Chromium tells every page of 10 GB more than it has, whatever its quota really is.
  await page.addInitScript(() => {
    const told = { usage: 960_000_000, quota: 1_000_000_000 };
    Object.assign(navigator.storage, { estimate: () => Promise.resolve(told) });
  });
  await app.open();
  await app.generate({ prompt: 'a calm beach at sunset', steps: 2, seed: 7 });
  const advice =
    'Storage is running short. Export works from the gallery, or delete some, before it is full.';
  await expect(page.getByText(advice, { exact: true }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Gallery' }).click();
  const gallery = new GalleryApp(page);
  await expect(gallery.works).toHaveCount(1);
  await expect(
    page.getByText(
      'Storage is running short. Export works and delete some, or remove models, before it is full.',
    ),
  ).toBeVisible();
  await gallery.button('Settings').click();
  await expect(page.getByText(/^Storage is running short: new works may not find room/)).toBeVisible();
});
