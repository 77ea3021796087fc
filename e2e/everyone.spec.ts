/** Phone and desktop, dark and light, keyboard only, and what a screen reader finds. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { FilmApp } from './film-app.ts';
import { expect, test } from './test.ts';
import { toast } from './toast.ts';

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

for (const [device, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${device}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme, reducedMotion: 'reduce' } as object);

      test('axe finds no violation before, with a picture, with all settings and an error shown', async ({
        app,
        page,
      }) => {
        await app.open();
        await expectNoViolations(page);
        await app.generate({ prompt: 'a calm beach at sunset', steps: 2, seed: 7 });
        await expectNoViolations(page);
        await app.want({ steps: 0 });
        await app.generateButton.click();
        await expectNoViolations(page);
        await page.getByRole('button', { name: 'Settings', exact: true }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectNoViolations(page);
      });

      test('nothing is wider than the screen, nor longer where the composer scrolls', async ({
        app,
        page,
      }) => {
        await app.open();
        await app.openAdvanced();
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(viewport.width);
        // On a desktop the composer scrolls, not the page.
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        if (device === 'desktop') expect(height).toBeLessThanOrEqual(viewport.height);
      });
    });
  }
}

test('keyboard only: write, generate, cancel, generate, save', async ({ app, page }) => {
  await app.open();
  await tabTo(page, 'Prompt');
  await page.keyboard.type('a calm beach at sunset');
  await page.keyboard.press('Control+Enter');
  await expect(app.cancelButton).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(app.generateButton).toBeVisible();
  await tabTo(page, 'Advanced');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Steps');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('3');
  await page.keyboard.press('Control+Enter');
  await expect(app.pictures).toHaveCount(1);
  const download = page.waitForEvent('download');
  await tabTo(page, 'Save PNG');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toMatch(/\.png$/);
});

test('while a dialog is open, the button of a message in it is pressed by mouse and reached by Tab', async ({
  page,
}) => {
  const film = new FilmApp(page);
  await film.open();
  await film.field('Title').fill('First');
  await film.prompt(1).fill('dawn over the sea');
  await film.button('Films').click();
  await page.getByRole('menuitem', { name: 'New film' }).click();
  await film.button('Films').click();
  await page.getByRole('menuitem', { name: 'Open …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your films' });
  const first = dialog.getByRole('button', { name: /^First/ });
  const remove = dialog.getByRole('button', { name: 'Delete “First”' });
  await remove.click();
  await expect(first).toBeHidden();
  await toast(page, '“First” deleted.').getByRole('button', { name: 'Undo' }).click();
  await expect(first).toBeVisible();
  await remove.click();
  await expect(first).toBeHidden();
  await expect(toast(page, '“First” deleted.')).toBeVisible();
  await expectNoViolations(page);
  await tabTo(page, 'Undo');
  await page.keyboard.press('Enter');
  await expect(first).toBeVisible();
  // Escape closes the message that is left, if any, and then the dialog.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

/** Presses Tab until the control with this name has the focus, and sees that the focus is visible. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 80; press++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element) return { name: '', visible: false };
      const label = (element as HTMLInputElement).labels?.[0]?.textContent;
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      const around = getComputedStyle(element.parentElement ?? element);
      const visible =
        [outlineStyle, around.outlineStyle].some((style) => style !== 'none') || boxShadow !== 'none';
      return { name: element.getAttribute('aria-label') ?? label ?? element.textContent, visible };
    });
    if (focus.name?.trim() !== name) continue;
    expect(focus.visible, `the focus shows on ${name}`).toBe(true);
    return;
  }
  throw new Error(`Tab never reached ${name}`);
}
