/** Everything that is made is kept: whoever asked for it, and whatever becomes of the page. */
import { askByCurl } from './api-ways.ts';
import { GalleryApp } from './gallery-app.ts';
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
