/** One work, as large as the window: by mouse, by fingers. */
import type { CDPSession, Page } from '@playwright/test';
import { GalleryApp } from './gallery-app.ts';
import { expect, test } from './test.ts';

const picture = (page: Page) => page.getByRole('dialog').getByRole('img');
const heading = (page: Page, place: RegExp) => page.getByRole('heading', { name: place });

/** How much larger than when it fits, and where its middle is. */
async function view(page: Page) {
  const { width, x, y, fitted } = await picture(page).evaluate((image) => {
    const box = image.getBoundingClientRect();
    return {
      width: box.width,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      fitted: (image as HTMLElement).offsetWidth,
    };
  });
  return { scale: width / fitted, x, y };
}

test('wheel, double click and buttons zoom around the pointer, a drag moves, and the next work fits again', async ({
  page,
}) => {
  const gallery = new GalleryApp(page);
  await gallery.openFilled(3);
  await gallery.openWork(0);
  const whole = await view(page);
  const spot = { x: whole.x + 150, y: whole.y + 60 };
  await page.mouse.move(spot.x, spot.y);
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => (await view(page)).scale).toBeCloseTo(Math.E, 2);
  const near = await view(page);
  // The spot under the pointer stays: it is now e times as far from the picture's middle.
  expect(spot.x - near.x).toBeCloseTo(150 * Math.E, 0);
  await page.mouse.down();
  await page.mouse.move(spot.x + 80, spot.y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await view(page)).x - near.x).toBeCloseTo(80, 0);
  await expect(heading(page, /^1 of 3/)).toBeVisible();
  await page.mouse.dblclick(spot.x, spot.y);
  await expect.poll(async () => (await view(page)).scale).toBe(1);
  await expect(gallery.button('Zoom out')).toBeDisabled();
  await gallery.button('Zoom in').click();
  await expect.poll(async () => (await view(page)).scale).toBeCloseTo(1.5, 5);
  await gallery.button('Next').click();
  await expect(heading(page, /^2 of 3/)).toBeVisible();
  await expect.poll(async () => (await view(page)).scale).toBe(1);
});

test.describe('by fingers', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a swipe leads on, a short one does not, two fingers zoom, and a zoomed picture moves instead', async ({
    page,
    context,
  }) => {
    const gallery = new GalleryApp(page);
    await gallery.openFilled(3);
    await gallery.openWork(0);
    const devtools = await context.newCDPSession(page);
    const { x, y } = await view(page);
    await swipe(devtools, { x, y }, -150);
    await expect(heading(page, /^2 of 3/)).toBeVisible();
    await swipe(devtools, { x, y }, 40);
    await swipe(devtools, { x, y }, 150);
    await expect(heading(page, /^1 of 3/)).toBeVisible();
    await swipe(devtools, { x, y }, 150);
    await expect(heading(page, /^1 of 3/)).toBeVisible();
    await pinch(devtools, { x, y }, 40, 120);
    await expect.poll(async () => (await view(page)).scale).toBeCloseTo(3, 1);
    const before = await view(page);
    await swipe(devtools, { x, y }, -100);
    expect((await view(page)).x - before.x).toBeCloseTo(-100, 0);
    await expect(heading(page, /^1 of 3/)).toBeVisible();
  });
});

type Point = { readonly x: number; readonly y: number };

const touch = (
  devtools: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  points: readonly Point[],
) =>
  devtools.send('Input.dispatchTouchEvent', {
    type,
    touchPoints: points.map((point, id) => ({ ...point, id })),
  });

async function swipe(devtools: CDPSession, from: Point, dx: number): Promise<void> {
  await touch(devtools, 'touchStart', [from]);
  for (const part of [0.25, 0.5, 0.75, 1])
    await touch(devtools, 'touchMove', [{ ...from, x: from.x + dx * part }]);
  await touch(devtools, 'touchEnd', []);
}

/** One finger rests at `at`, the other goes from `from` to `to` pixels beside it. */
async function pinch(devtools: CDPSession, at: Point, from: number, to: number): Promise<void> {
  const fingers = (apart: number) => [at, { ...at, x: at.x + apart }];
  await touch(devtools, 'touchStart', fingers(from));
  for (const part of [0.25, 0.5, 0.75, 1])
    await touch(devtools, 'touchMove', fingers(from + (to - from) * part));
  await touch(devtools, 'touchEnd', []);
}
