/** Captions: what does not fit is told where it is written, and a smaller size is one button away. */
import { FilmApp } from './film-app.ts';
import { still } from './film-file.ts';
import { expect, test } from './test.ts';

const long =
  'The quick brown fox jumps over the lazy dog and then keeps running through the forest for a very long time, because nobody told it that the story had ended.';

test('a caption that is too long is told, and fits when captions are made smaller', async ({ page }) => {
  const film = new FilmApp(page);
  await film.open();
  const size = { width: 64, height: 64 };
  await film.ownPictures([still('testsrc2', size), still('smptebars', size)]);
  await film.openSettings();
  await page.getByRole('switch', { name: 'Captions' }).click();
  await film.button('Scene 1 settings').click();
  const caption = film.field('Caption');
  await caption.fill(long);
  await expect(
    page.getByText(/Too long for the picture\. Not shown: “.*the story had ended\.”/),
  ).toBeVisible();
  await expect(caption).toHaveAttribute('aria-invalid', 'true');
  await film.button('Smaller captions').click();
  await expect(page.getByText('Too long for the picture')).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Caption size' })).toHaveText('Small');
  await caption.fill('First line\nSecond line\n- third line');
  await expect(page.getByText('Too long for the picture')).toBeHidden();
  await expect(caption).toHaveValue('First line\nSecond line\n- third line');
});
