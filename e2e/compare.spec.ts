/** Two pictures of the gallery, one over the other: by mouse, by fingers, by keys. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { GalleryApp } from './gallery-app.ts';
import { expect, test } from './test.ts';

async function compareTwo(page: Page): Promise<void> {
  const gallery = new GalleryApp(page);
  await gallery.openFilled(4);
  await gallery.button('Select').click();
  for (const index of [0, 2]) await gallery.works.nth(index).getByRole('button').click();
  await gallery.button('Compare').click();
  await expect(page.getByRole('dialog').getByRole('img')).toHaveCount(2);
}

const divider = (page: Page) => page.getByRole('slider', { name: 'Divider between the two pictures' });

/** How many pixels of the stage, from its left edge, show the first picture. */
const shownOfFirst = (page: Page) =>
  page
    .getByRole('dialog')
    .getByRole('img')
    .first()
    .evaluate((image) => {
      const clip = getComputedStyle(image.parentElement!).clipPath;
      return 100 - Number(/inset\(0px ([\d.]+)%/.exec(clip)?.[1] ?? NaN);
    });

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

test('the divider is dragged by mouse and moved by keys, and the difference is told in numbers', async ({
  page,
}) => {
  await compareTwo(page);
  await page.getByRole('radio', { name: 'Slider' }).click();
  const box = (await divider(page).boundingBox())!;
  const y = box.y + 100;
  await page.mouse.move(box.x + box.width / 2, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 360, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => shownOfFirst(page)).toBeCloseTo(25, 0);
  await page.keyboard.press('Home');
  await expect(divider(page)).toHaveAttribute('aria-valuenow', '0');
  for (const key of ['PageUp', 'PageUp', 'ArrowRight', 'ArrowLeft', 'ArrowRight'])
    await page.keyboard.press(key);
  await expect(divider(page)).toHaveAttribute('aria-valuenow', '21');
  expect(await shownOfFirst(page)).toBe(21);
  await expectNoViolations(page);
  await page.getByRole('radio', { name: 'Difference' }).click();
  // 256² pixels of another colour, but where the white squares lie over each other.
  await expect(page.getByText(/^95\s?% of the pixels differ/)).toBeVisible();
  await expectNoViolations(page);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark' });

  test('a finger drags the divider, and nothing is wider than the screen', async ({ page, context }) => {
    await compareTwo(page);
    await page.getByRole('radio', { name: 'Slider' }).tap();
    const box = (await divider(page).boundingBox())!;
    const from = { x: box.x + box.width / 2, y: box.y + 60, id: 0 };
    const devtools = await context.newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly (typeof from)[]) =>
      devtools.send('Input.dispatchTouchEvent', { type, touchPoints: [...points] });
    await touch('touchStart', [from]);
    for (const part of [0.5, 1]) await touch('touchMove', [{ ...from, x: from.x + 117 * part }]);
    await touch('touchEnd', []);
    await expect.poll(() => shownOfFirst(page)).toBeCloseTo(80, 0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectNoViolations(page);
  });
});
