/** A picture becomes another one: painted over, widened, enlarged. By mouse, by fingers, by keys. */
import type { CDPSession } from '@playwright/test';
import { GalleryApp } from './gallery-app.ts';
import { readGallery } from './gallery-records.ts';
import { PaintApp } from './paint-app.ts';
import type { Pixels } from './pixels.ts';
import { expect, sharedApp, test } from './test.ts';

const quick = { prompt: 'a calm beach at sunset', steps: 2, seed: 7 };

/** How many pixels differ within the box (half-open), and how many outside of it. */
function changed(before: Pixels, after: Pixels, [left, top, right, bottom]: readonly number[]) {
  const found = { inside: 0, outside: 0 };
  for (let at = 0; at < before.width * before.height; at++) {
    const [x, y] = [at % before.width, Math.floor(at / before.width)];
    const differs = [0, 1, 2].some((c) => before.data[at * 4 + c] !== after.data[at * 4 + c]);
    const within = x >= left! && x < right! && y >= top! && y < bottom!;
    if (differs) found[within ? 'inside' : 'outside']++;
  }
  return found;
}

test.describe('on one page', () => {
  const shared = sharedApp();

  test('60 strokes are undone and redone by keys; the brush has its keys, and axe finds nothing', async () => {
    const app = shared();
    const { page } = app;
    await app.generate(quick);
    const paint = new PaintApp(page);
    await paint.open('Paint over');
    await expect(page.getByText('Nothing is painted yet.')).toBeVisible();
    for (let at = 0; at < 60; at++) {
      const { x, y } = await paint.spot(0.05 + (at % 10) * 0.1, 0.1 + Math.floor(at / 10) * 0.15);
      await page.mouse.click(x, y);
    }
    const all = await paint.share();
    expect(all).toBeGreaterThan(40);
    for (let at = 0; at < 60; at++) await page.keyboard.press('Control+z');
    await expect(page.getByText('Nothing is painted yet.')).toBeVisible();
    await expect(paint.button('Undo')).toBeDisabled();
    for (let at = 0; at < 60; at++) await page.keyboard.press('Control+Shift+z');
    expect(await paint.share()).toBe(all);
    await expect(paint.button('Redo')).toBeDisabled();
    await page.keyboard.press('i');
    expect(await paint.share()).toBe(100 - all);
    await page.keyboard.press('Delete');
    expect(await paint.share()).toBe(0);
    const size = paint.dialog.getByRole('slider', { name: 'Brush size' });
    const before = await size.getAttribute('aria-valuetext');
    await page.keyboard.press(']');
    await expect(size).not.toHaveAttribute('aria-valuetext', before!);
    await page.keyboard.press('[');
    await page.keyboard.press('e');
    await expect(paint.dialog.getByRole('radio', { name: 'Eraser' })).toBeChecked();
    await page.keyboard.press('b');
    await paint.expectNoViolations();
    await page.keyboard.press('Escape');
    await expect(paint.dialog).toBeHidden();
  });

  test('a lasso and a fill paint what they run around, and what was painted is there when it is opened again', async () => {
    const app = shared();
    const { page } = app;
    await app.generate(quick);
    const paint = new PaintApp(page);
    await paint.open('Paint over');
    await page.keyboard.press('l');
    await paint.stroke([0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75]);
    expect(await paint.share()).toBeCloseTo(25, -0.5);
    await page.keyboard.press('g');
    const outside = await paint.spot(0.05, 0.05);
    await page.mouse.click(outside.x, outside.y);
    expect(await paint.share()).toBe(100);
    await paint.button('Undo').click();
    await paint.button('Close').click();
    await paint.open('Paint over');
    expect(await paint.share()).toBeCloseTo(25, -0.5);
    await paint.button('Clear').click();
    await paint.button('Close').click();
  });

  test('a rectangle by numbers is drawn anew, every other pixel stays, and the new work knows the old one', async () => {
    const app = shared();
    const { page } = app;
    await app.generate(quick);
    const before = await app.savedPixels();
    const made = await app.pictures.count();
    const paint = new PaintApp(page);
    await paint.open('Paint over');
    await paint.button('Generate').click();
    await expect(paint.dialog.getByText('Paint over what shall change first.')).toBeVisible();
    await paint.button('Rectangle by numbers').click();
    for (const [name, px] of Object.entries({
      'From the left': 64,
      'From the top': 96,
      Width: 128,
      Height: 64,
    }))
      await paint.dialog.getByLabel(name, { exact: true }).fill(String(px));
    await paint.button('Paint it').click();
    expect(await paint.share()).toBeCloseTo(12.5, -0.5);
    await expect(paint.dialog.getByText('From 64 to 192 across, 96 to 160 down.')).toBeAttached();
    await paint.expectNoViolations();
    await paint.dialog.getByRole('textbox', { name: 'Prompt' }).fill('a red sun over the sea');
    await paint.button('Generate').click();
    await expect(app.pictures).toHaveCount(made + 1, { timeout: 120_000 });
    await expect(app.generateButton).toBeVisible();
    const { bytes } = await app.savedFile();
    const found = changed(before, await app.savedPixels(), [64, 96, 192, 160]);
    expect(found.outside).toBe(0);
    expect(found.inside).toBeGreaterThan(4000);
    expect(bytes.toString('latin1')).toContain('"inpaint":');
    await page.getByRole('button', { name: 'Before and after' }).click();
    await page.getByRole('radio', { name: 'Difference' }).click();
    await expect(page.getByText(/^1[0-3]\s?% of the pixels differ/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await readGallery(page)).works.length).toBe(made + 1);
    const works = (await readGallery(page)).works.map(({ work }) => work as { id: string; from?: string });
    const edited = works.filter(({ from }) => from !== undefined);
    expect(edited).toHaveLength(1);
    expect(works.map(({ id }) => id)).toContain(edited[0]!.from);
  });

  test('a picture is widened by keys and by numbers; the old pixels stay where they were', async () => {
    const app = shared();
    const { page } = app;
    await app.generate(quick);
    const before = await app.savedPixels();
    const made = await app.pictures.count();
    const paint = new PaintApp(page);
    await paint.open('Widen');
    const right = paint.dialog.getByRole('slider', { name: 'Right' });
    await right.focus();
    // By the model's own multiple.
    await page.keyboard.press('ArrowRight');
    await expect(paint.dialog.getByText('256 × 256 becomes 320 × 256.')).toBeVisible();
    await paint.dialog.getByRole('spinbutton', { name: 'Left' }).fill('64');
    await expect(paint.dialog.getByText('256 × 256 becomes 384 × 256.')).toBeVisible();
    await paint.expectNoViolations();
    await paint.button('Generate').click();
    await expect(app.pictures).toHaveCount(made + 1, { timeout: 120_000 });
    await expect(app.generateButton).toBeVisible();
    const after = await app.savedPixels();
    expect([after.width, after.height]).toEqual([384, 256]);
    // All but the soft seams of 12 pixels, and beyond: the new ground.
    for (const [x, y] of [
      [12, 0],
      [100, 100],
      [243, 255],
    ] as const) {
      const pixel = (of: Pixels, at: number) => [...of.data.subarray(at * 4, at * 4 + 3)];
      expect(pixel(after, y * 384 + x + 64)).toEqual(pixel(before, y * 256 + x));
    }
  });

  test('a picture is enlarged by the filter, and one that a person drops goes to the gallery as well', async () => {
    const app = shared();
    const { page } = app;
    await app.generate({ ...quick, width: 384 });
    const { bytes } = await app.savedFile();
    const made = await app.pictures.count();
    const paint = new PaintApp(page);
    await paint.open('Enlarge');
    await paint.expectNoViolations();
    await expect(paint.dialog.getByText('384 × 256 becomes 768 × 512.')).toBeVisible();
    await paint.button('Enlarge').click();
    await expect(app.pictures).toHaveCount(made + 1);
    const large = await app.savedPixels();
    expect([large.width, large.height]).toEqual([768, 512]);
    await app.drop('mine.png', 'image/png', bytes);
    await expect(page.getByText(/“mine.png”/).first()).toBeVisible();
  });

  test('a run is cancelled within a step; a page that dies in the middle goes on with the mask it had', async () => {
    const app = shared();
    const { page } = app;
    await app.generate({ ...quick, width: 256 });
    const before = await app.savedPixels();
    await app.want({ steps: 24 });
    const paint = new PaintApp(page);
    await paint.open('Paint over');
    await paint.stroke([0.3, 0.5], [0.7, 0.5]);
    await paint.button('Generate').click();
    await expect(page.getByText(/^Step [1-9]\d* of/)).toBeVisible({ timeout: 60_000 });
    await app.cancelButton.click();
    await expect(app.generateButton).toBeVisible();
    await paint.open('Paint over');
    await paint.button('Generate').click();
    await expect(page.getByText(/^Step [1-9]\d* of/)).toBeVisible({ timeout: 60_000 });
    await page.reload();
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(app.pictures).toHaveCount(1, { timeout: 180_000 });
    await expect(app.generateButton).toBeVisible();
    // The brush is an eighth of the picture wide.
    const found = changed(before, await app.savedPixels(), [56, 108, 200, 148]);
    expect(found.outside).toBe(0);
    expect(found.inside).toBeGreaterThan(500);
  });
});

test.describe('by fingers, on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark' });

  test('one finger paints, two zoom and paint nothing, from the gallery too', async ({ page, context }) => {
    const gallery = new GalleryApp(page);
    await gallery.openFilled(2);
    await gallery.openWork(0);
    const paint = new PaintApp(page);
    await paint.open('Paint over');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const devtools = await context.newCDPSession(page);
    const at = await paint.spot(0.5, 0.5);
    await fingers(devtools, [[at], [{ ...at, x: at.x + 60 }]]);
    const share = await paint.share();
    expect(share).toBeGreaterThan(2);
    const width = (await paint.stage.locator('img').boundingBox())!.width;
    const two = (apart: number) => [
      { ...at, x: at.x - apart },
      { ...at, x: at.x + apart },
    ];
    await fingers(devtools, [[two(20)[0]!], two(20), two(40), two(60)]);
    await expect
      .poll(async () => (await paint.stage.locator('img').boundingBox())!.width)
      .toBeGreaterThan(2 * width);
    expect(await paint.share()).toBe(share);
    await paint.expectNoViolations();
    await expect(paint.button('Generate')).toBeInViewport();
  });
});

type Finger = { readonly x: number; readonly y: number };

/** Fingers that go from place to place, and are then lifted. */
async function fingers(devtools: CDPSession, places: readonly (readonly Finger[])[]): Promise<void> {
  let down = 0;
  for (const place of places) {
    const type = place.length > down ? 'touchStart' : 'touchMove';
    down = place.length;
    await devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: place.map((point, id) => ({ ...point, id })),
    });
  }
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
