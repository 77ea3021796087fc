/** Out of one browser, into another. */
import { FilmApp } from './film-app.ts';
import { GalleryApp } from './gallery-app.ts';
import { readGallery } from './gallery-records.ts';
import { expect, test } from './test.ts';

test('what is exported here is the same in an empty browser: every byte, every recipe, the favourites', async ({
  app,
  page,
  browser,
}) => {
  await app.open();
  await app.generate({ prompt: 'a calm beach, "at sunset": 日本 🍄', steps: 2, seed: 7 });
  await app.generate({ prompt: 'snowy mountains', seed: 8 });
  const film = new FilmApp(page);
  await page.getByRole('link', { name: 'Film' }).click();
  await film.paste(['dawn', 'dusk']);
  await film.want({ Steps: 2, 'Scene length (seconds)': 0.5, 'Transition frames': 6 });
  await film.generate();
  await film.exportAs('MP4');
  const gallery = new GalleryApp(page);
  await gallery.open();
  await expect(gallery.works).toHaveCount(3);
  await gallery.button('Favourite', gallery.works.nth(1)).click();
  await expect(gallery.button('Favourite', gallery.works.nth(1))).toHaveAttribute('aria-pressed', 'true');
  const before = await readGallery(page);
  const zip = await gallery.exportAll();

  const elsewhere = await browser.newContext();
  const other = new GalleryApp(await elsewhere.newPage());
  await other.open();
  await expect(other.page.getByText('Nothing here yet')).toBeVisible();
  await other.importFile(zip);
  await expect(other.works).toHaveCount(3);
  const after = await readGallery(other.page);
  expect(after).toEqual(before);
  expect(after.works.map(({ work }) => work.favourite)).toEqual([false, true, false]);
  await other.page.getByRole('radio', { name: 'Favourites' }).click();
  await expect(other.works).toHaveCount(1);
  await other.openWork(0);
  await other.button('Use these settings').click();
  await expect(other.page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue(
    'snowy mountains',
  );
  await elsewhere.close();
});
