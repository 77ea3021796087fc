/** A film that cannot be is told beside the field that says so, and nothing is lost. */
import { FilmApp } from './film-app.ts';
import { expect, sharedApp, test } from './test.ts';

test.describe('bad input is told beside its field', () => {
  const shared = sharedApp();
  let film: FilmApp;

  test.beforeAll(async () => {
    film = new FilmApp(shared().page);
    await film.open();
    await film.paste(['a calm beach at sunset', 'snowy mountains at noon', 'a forest at night']);
    await film.openSettings();
  });

  for (const [label, value, words] of [
    ['Frames per second', '0', /Between 1 and 60/],
    ['Frames per second', '500', /Between 1 and 60/],
    ['Width', '511', /Must be even/],
    ['Scene length (seconds)', '0', /More than 0/],
    ['Scene length (seconds)', '99999', /at most 600/],
    ['Transition frames', '-1', /Between 0 and 600/],
  ] as const) {
    test(`${label} ${value}`, async () => {
      const field = film.field(label);
      const good = await field.inputValue();
      await field.fill(value);
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(field).toHaveAccessibleDescription(words);
      await expect(film.page.getByText('The film cannot be laid out', { exact: false })).toBeVisible();
      await film.button('Generate').click();
      await expect(film.page.getByRole('progressbar')).toBeHidden();
      await field.fill(good);
      await expect(field).not.toHaveAttribute('aria-invalid', 'true');
    });
  }

  test('a plan of more frames than fit', async () => {
    await film.want({ 'Scene length (seconds)': 600, 'Frames per second': 60 });
    await expect(film.field('Scene length (seconds)')).toHaveAccessibleDescription(/at most 36,000/);
  });
});
