/** What the settings tell about the storage, and being rid of all of it. */
import type { Page } from '@playwright/test';
import { FilmApp } from './film-app.ts';
import { GalleryApp } from './gallery-app.ts';
import { expect, test } from './test.ts';

test('what is stored is listed kind by kind; “Delete everything” names it, and afterwards nothing of it is there', async ({
  app,
  page,
}) => {
  await app.open();
  await app.generate({ prompt: 'a calm beach at sunset', steps: 2, seed: 7 });
  const film = new FilmApp(page);
  await page.getByRole('link', { name: 'Film' }).click();
  await film.paste(['dawn', 'dusk']);
  await film.want({ Steps: 2, 'Scene length (seconds)': 0.5, 'Transition frames': 6 });
  await film.generate();
  await film.exportAs('MP4');
  await page.getByRole('link', { name: 'Picture' }).click();
  // So that something is being made, and something waits, at the moment of deleting.
  await app.want({ prompt: 'a long way to go', steps: 150, count: 4 });
  await app.generateButton.click();
  await page.getByRole('button', { name: 'Add to queue' }).click();
  const gallery = new GalleryApp(page);
  await gallery.button('Settings').click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const stored = (name: string) =>
    settings.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd');
  await expect(stored('Pictures')).toHaveText(/^1 picture, \d+ kB|^1 picture, [\d.]+ MB/);
  await expect(stored('Films')).toHaveText(/^1 film, /);
  await expect(stored('Models')).toHaveText('None');
  await expect(stored('The app itself')).toHaveText(/^\d+(\.\d)? MB$/);
  await expect(stored('Queue')).toHaveText('2 jobs');
  await settings.getByLabel('Theme').click();
  await page.getByRole('option', { name: 'Dark' }).click();
  await gallery.button('Delete everything …').click();
  const dialog = page.getByRole('dialog', { name: 'Delete everything?' });
  await expect(dialog).toContainText(/the gallery: 1 picture, [\d.]+ [kM]B; 1 film, /);
  await expect(dialog).toContainText('the queue: 2 jobs');
  const reloaded = page.waitForEvent('load');
  await gallery.button('Delete everything', dialog).click();
  await reloaded;
  await expect(app.prompt).not.toHaveValue('a long way to go');
  await expect.poll(() => recordsLeft(page)).toEqual({});
  expect(await page.evaluate(() => localStorage.getItem('zoetrope:page') ?? '')).not.toContain('dark');
  await expect(page.getByText('waiting from before')).toHaveCount(0);
  await page.getByRole('link', { name: 'Film' }).click();
  expect(await film.prompts()).not.toContain('dawn');
});

/** How many, by database, where there are any. */
function recordsLeft(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const left: Record<string, number> = {};
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(name!);
        request.onsuccess = () => resolve(request.result);
      });
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).count();
        const count = await new Promise<number>(
          (resolve) => (request.onsuccess = () => resolve(request.result)),
        );
        if (count > 0) left[name!] = count;
      }
      database.close();
    }
    return left;
  });
}
