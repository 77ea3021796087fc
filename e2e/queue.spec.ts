/** The queue: several pictures and a film, reordered, cancelled, reloaded in the middle, and gone on with. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { FilmApp } from './film-app.ts';
import { expect, test } from './test.ts';

const queue = (page: Page) => page.getByRole('region', { name: 'Queue', exact: true });
const jobs = (page: Page) => queue(page).getByRole('listitem');
const addToQueue = (page: Page) => page.getByRole('button', { name: 'Add to queue' }).click();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const names = (page: Page) => jobs(page).evaluateAll((all) => all.map((each) => each.ariaLabel));

const works = (page: Page) =>
  page.getByRole('list', { name: 'Works' }).getByRole('button', { name: /^(Picture|Film)/ });

/** Long enough that it is still being made at the end of the story. */
const long = { prompt: 'a long way to go', steps: 150, seed: 1, count: 4 };

test('pictures and a film wait, change places, one is cancelled; after a reload they go on, and all are in the gallery', async ({
  app,
  page,
}) => {
  await app.open();
  await app.want(long);
  await app.generateButton.click();
  await expect(page.getByText(/^Step [1-9]/)).toBeVisible();
  await app.want({ prompt: 'a calm beach', steps: 2, seed: 7, count: 2 });
  await addToQueue(page);
  await app.want({ prompt: 'snowy mountains', seed: 8, count: 1 });
  await addToQueue(page);
  await app.want({ prompt: 'a forest', seed: 9 });
  await addToQueue(page);
  const film = new FilmApp(page);
  await page.getByRole('link', { name: 'Film' }).click();
  await film.paste(['dawn', 'dusk']);
  await film.want({ Steps: 2, 'Scene length (seconds)': 0.5, 'Transition frames': 6 });
  await press(page, 'Add MP4 to queue');
  // What is asked for later changes nothing about what waits.
  await film.prompt(1).fill('changed since');
  await page.getByRole('link', { name: 'Picture' }).click();
  await app.want({ prompt: 'written later', steps: 3, seed: 99 });
  await expect(jobs(page)).toHaveCount(5);

  await page.getByRole('button', { name: /^Move “dawn”/ }).press('ArrowUp');
  await page.getByRole('button', { name: /^Move “a forest”/ }).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect
    .poll(() => names(page))
    .toEqual(['“a long way to go”', '“a calm beach”', '“a forest”', '“snowy mountains”', '“dawn”']);
  await drag(page, '“dawn”', '“a calm beach”');
  await expect
    .poll(() => names(page))
    .toEqual(['“a long way to go”', '“dawn”', '“a calm beach”', '“a forest”', '“snowy mountains”']);
  await press(page, 'Cancel “a forest”');
  await expect(jobs(page)).toHaveCount(4);
  await press(page, 'Undo');
  await expect(jobs(page)).toHaveCount(5);
  await press(page, 'Cancel “snowy mountains”');
  await expect(jobs(page)).toHaveCount(4);

  await page.reload();
  await expect(page.getByText(/^4 jobs are waiting from before: 3 pictures and a film/)).toBeVisible();
  await press(page, 'Go on');
  await press(page, 'Cancel “a long way to go”');
  await expect(queue(page)).toBeHidden({ timeout: 200_000 });
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(works(page)).toHaveCount(4);
  const labels = await works(page).evaluateAll((all) => all.map((each) => each.ariaLabel).join('\n'));
  expect(labels).toContain('a forest');
  expect(labels).toContain('a calm beach');
  expect(labels).toContain('dawn');
  expect(labels).not.toMatch(/changed since|written later|snowy/);
});

async function drag(page: Page, name: string, before: string): Promise<void> {
  const handle = page.getByRole('button', { name: new RegExp(`^Move ${name}`) });
  const target = queue(page).getByRole('listitem', { name: before });
  const [from, to] = [(await handle.boundingBox())!, (await target.boundingBox())!];
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, to.y + to.height / 2, { steps: 5 });
  await page.mouse.move(from.x + from.width / 2, to.y + 2, { steps: 5 });
  await page.mouse.up();
}

test('what is left can be discarded, which can be undone; another tab that lives is not asked about', async ({
  app,
  page,
  context,
}) => {
  await app.open();
  await app.want(long);
  await app.generateButton.click();
  await app.want({ prompt: 'next', steps: 2, count: 1 });
  await addToQueue(page);
  await expect(jobs(page)).toHaveCount(2);
  const other = await context.newPage();
  await other.goto('/?backend=wasm');
  await expect(other.getByRole('button', { name: 'Generate', exact: true })).toBeVisible();
  await expect(queue(other)).toBeHidden();
  // Its queue lives as long as the tab; then the others are asked.
  await page.close();
  await expect(other.getByText(/^2 jobs are waiting from before/)).toBeVisible();
  await press(other, 'Discard');
  await expect(queue(other)).toBeHidden();
  await press(other, 'Undo');
  await expect(other.getByText(/^2 jobs are waiting from before/)).toBeVisible();
  await press(other, 'Discard');
  await other.reload();
  await expect(other.getByRole('button', { name: 'Generate', exact: true })).toBeVisible();
  await expect(queue(other)).toBeHidden();
});

for (const [device, viewport] of Object.entries({
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  test(`axe finds no violation in the queue on a ${device}`, async ({ app, page }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await app.open();
    await app.want(long);
    await app.generateButton.click();
    for (const prompt of ['a calm beach at sunset', 'snowy mountains']) {
      await app.want({ prompt, steps: 2, count: 2 });
      await addToQueue(page);
    }
    if (device === 'phone') await press(page, 'All jobs');
    await expect(jobs(page)).toHaveCount(3);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      viewport.width,
    );
    await press(page, 'Cancel all');
    await expect(app.generateButton).toBeVisible();
    await expect(queue(page)).toBeHidden();
  });
}
