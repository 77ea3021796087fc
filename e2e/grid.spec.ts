/** Several settings at once, as one sheet; and what tells that it is done while nobody looks. */
import { GalleryApp } from './gallery-app.ts';
import { PaintApp } from './paint-app.ts';
import { expect, test } from './test.ts';
import { toast } from './toast.ts';

test('two axes become one labelled picture, kept with its recipe; a cell gives its settings', async ({
  app,
  page,
}) => {
  await app.open();
  await app.want({ prompt: 'a calm beach at sunset', steps: 2, seed: 7 });
  const paint = new PaintApp(page);
  await page.getByRole('button', { name: 'Grid …' }).click();
  const values = paint.dialog.getByRole('textbox', { name: 'Values' });
  await values.fill('0, 2');
  await expect(paint.dialog.getByText('0 is not between 1 and 150.')).toBeVisible();
  await values.fill('1-2');
  await paint.button('Add rows').click();
  await paint.dialog.getByRole('combobox', { name: 'Setting' }).last().click();
  await page.getByRole('option', { name: 'Words of the prompt' }).click();
  await values.last().fill('dawn, night');
  await expect(paint.dialog.getByText('“dawn” is not in the prompt.')).toBeVisible();
  await values.last().fill('sunset, night');
  await expect(paint.dialog.getByText('2 × 2: 4 pictures')).toBeVisible();
  await paint.expectNoViolations();
  // While it is being made, nobody looks.
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  });
  await paint.button('Make the grid').click();
  await expect(app.pictures).toHaveCount(4, { timeout: 150_000 });
  await expect(page).toHaveTitle(/^\(4\) /);
  await page.evaluate(() => {
    Reflect.deleteProperty(document, 'visibilityState');
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect(page).toHaveTitle(/^Zoetrope/);
  await toast(page, 'The grid of 4 pictures is ready.')
    .getByRole('button', { name: 'To the gallery' })
    .click();
  const gallery = new GalleryApp(page);
  await expect(gallery.works).toHaveCount(1);
  await gallery.openWork(0);
  await gallery.button('Choose a cell').click();
  await paint.expectNoViolations();
  await page.getByRole('button', { name: 'Take the settings of 1, night' }).click();
  await expect(app.prompt).toHaveValue('a calm beach at night');
  await expect(app.field('Steps')).toHaveValue('1');
  await expect(app.field('Seed')).toHaveValue('7');
});
