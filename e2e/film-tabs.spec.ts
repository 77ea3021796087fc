/** Two tabs of one browser and one film: only one of them writes it. */
import { expect, type Page } from '@playwright/test';
import { FilmApp } from './film-app.ts';
import { test } from './test.ts';

const banner = (page: Page) => page.getByText('This film is open in another tab.');

test('a second tab asks before it takes the film; the first then stops writing, and can take it back', async ({
  page,
  context,
}) => {
  const first = new FilmApp(page);
  await first.open();
  await first.paste(['a calm beach', 'a forest at night']);
  const otherPage = await context.newPage();
  const second = new FilmApp(otherPage);
  await second.open();
  await expect(banner(otherPage)).toBeVisible();
  await expect(banner(page)).toBeHidden();
  // What lies behind the banner is out of reach, by mouse and by keyboard.
  await expect(otherPage.locator('[inert]').getByLabel('Title')).toBeAttached();

  // The very last change comes along.
  await first.prompt(1).fill('a stormy sea');
  await second.button('Use it here').click();
  await expect(banner(otherPage)).toBeHidden();
  await expect(banner(page)).toBeVisible();
  await expect(second.prompt(1)).toHaveValue('a stormy sea');

  await second.prompt(2).fill('a desert at noon');
  await first.button('Use it here').click();
  await expect(banner(page)).toBeHidden();
  await expect(banner(otherPage)).toBeVisible();
  expect(await first.prompts()).toEqual(['a stormy sea', 'a desert at noon']);

  await otherPage.close();
  await page.reload();
  await expect(first.prompt(1)).toHaveValue('a stormy sea');
  await expect(banner(page)).toBeHidden();
});

test('a second tab begins a film of its own, and the first one’s stays as it is', async ({
  page,
  context,
}) => {
  const first = new FilmApp(page);
  await first.open();
  await first.paste(['a calm beach', 'a forest at night']);
  const otherPage = await context.newPage();
  const second = new FilmApp(otherPage);
  await second.open();
  await second.button('New film').click();
  await expect(banner(otherPage)).toBeHidden();
  await second.paste(['a red robot', 'a blue robot']);
  await expect(banner(page)).toBeHidden();
  await first.prompt(1).fill('a stormy sea');
  await otherPage.close();

  await page.reload();
  await expect(first.prompt(1)).toHaveValue('a stormy sea');
  await expect(first.prompt(2)).toHaveValue('a forest at night');
  await first.button('Films').click();
  await page.getByRole('menuitem', { name: 'Open …' }).click();
  await expect(page.getByText('a red robot')).toBeVisible();
});
