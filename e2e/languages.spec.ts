/** The page in German and in Arabic: chosen by the browser or in Settings, right to left where one reads so. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { createWords as arabicWords, formatWords as arabicFormat } from '../src/app/words/ar/words.ts';
import { createWords as germanWords, formatWords as germanFormat } from '../src/app/words/de/words.ts';
import { createFormat } from '../src/app/words/format.ts';
import type { Words } from '../src/app/words/words.ts';
import { expect, test } from './test.ts';

const german = germanWords(createFormat('de-DE', germanFormat));
const arabic = arabicWords(createFormat('ar-EG', arabicFormat));
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

const open = async (page: Page, { picture }: Words) => {
  await page.goto('/?backend=wasm');
  await expect(page.getByRole('textbox', { name: picture.prompt, exact: true })).toBeVisible();
};

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

/** A screen that is still being laid out may be wider for a moment. */
async function expectNothingWider(page: Page): Promise<void> {
  const tooMuch = () =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
  await expect.poll(tooMuch).toBeLessThanOrEqual(0);
}

const middle = async (locator: Locator) => {
  const box = (await locator.boundingBox())!;
  return box.x + box.width / 2;
};

for (const [device, viewport] of Object.entries(sizes)) {
  for (const [locale, words] of [
    ['de-DE', german],
    ['ar-EG', arabic],
  ] as const) {
    test.describe(`${locale}, ${device}`, () => {
      test.use({ locale, viewport, reducedMotion: 'reduce' } as object);

      test('every screen fits, speaks the language and passes axe', async ({ app, page }) => {
        expect(app.page).toBe(page);
        await open(page, words);
        await button(page, words.picture.advanced).click();
        await expect(page.getByLabel(words.common.steps, { exact: true })).toBeVisible();
        await expectNothingWider(page);
        await expectNoViolations(page);
        for (const screen of ['film', 'gallery'] as const) {
          await page.getByRole('link', { name: words.shell.screen[screen], exact: true }).click();
          const heading = screen === 'film' ? words.film.heading : words.gallery.title;
          await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeAttached();
          await expectNothingWider(page);
          await expectNoViolations(page);
        }
        await button(page, words.shell.settings).click();
        await expect(page.getByRole('dialog', { name: words.settings.title })).toBeVisible();
        await expectNoViolations(page);
      });
    });
  }
}

test.describe('in Arabic', () => {
  test.use({ locale: 'ar-EG', viewport: sizes.desktop });

  test('the page mirrors, and a picture is made with its numbers in Arabic digits', async ({ app, page }) => {
    expect(app.page).toBe(page);
    await open(page, arabic);
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expect(page.locator('html')).toHaveAttribute('lang', 'ar-EG');
    const form = page.getByRole('form', { name: arabic.picture.form });
    const stage = page.getByRole('region', { name: arabic.picture.stage });
    expect(await middle(form)).toBeGreaterThan(await middle(stage));

    await page
      .getByRole('textbox', { name: arabic.picture.prompt, exact: true })
      .fill('a calm beach at sunset');
    await button(page, arabic.picture.advanced).click();
    await page.getByLabel(arabic.common.steps, { exact: true }).fill('2');
    await button(page, arabic.picture.generate).click();
    const made = page.getByRole('listbox', { name: arabic.picture.ofSession }).getByRole('option');
    await expect(made).toHaveCount(1, { timeout: 200_000 });
    await expect(stage.getByText(arabic.common.stepCount(2))).toBeVisible();
    await expect(stage.getByText('٢٥٦ × ٢٥٦')).toBeVisible();
    await expectNoViolations(page);
  });

  test('forward is to the left: for the arrow keys, and for the slider', async ({ app, page }) => {
    expect(app.page).toBe(page);
    await open(page, arabic);
    await button(page, arabic.picture.advanced).click();
    const steps = page.getByRole('slider', { name: arabic.common.slider(arabic.common.steps) });
    await steps.focus();
    const before = Number(await steps.getAttribute('aria-valuenow'));
    await page.keyboard.press('ArrowLeft');
    await expect(steps).toHaveAttribute('aria-valuenow', String(before + 1));
  });
});

test('a language chosen in Settings takes over at once, keeps the draft, and stays', async ({
  app,
  page,
}) => {
  await app.open();
  await app.prompt.fill('a red fox in the snow');
  await button(page, 'Settings').click();
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: 'Deutsch' }).click();
  await expect(page.getByRole('dialog', { name: german.settings.title })).toBeVisible();
  await expect(page.getByText(german.shell.languageNow)).toBeAttached();
  await page.keyboard.press('Escape');
  const prompt = page.getByRole('textbox', { name: german.picture.prompt, exact: true });
  await expect(prompt).toHaveValue('a red fox in the snow');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.reload();
  await expect(button(page, german.picture.generate)).toBeVisible();
  await expect(prompt).toHaveValue('a red fox in the snow');
});

test('only the language that is spoken is fetched', async ({ app, page }) => {
  const foreign: string[] = [];
  page.on('response', async (response) => {
    if (!response.url().endsWith('.js')) return;
    const text = await response.text().catch(() => '');
    if (text.includes(german.picture.invitation) || text.includes(arabic.picture.invitation)) {
      foreign.push(response.url());
    }
  });
  await app.open();
  await page.waitForLoadState('networkidle');
  expect(foreign).toEqual([]);
});
