/** Into the share sheet of a system that has one: the browser's part is played by the page, since nobody can press in a real sheet. */
import type { Page } from '@playwright/test';
import { FilmApp } from './film-app.ts';
import { GalleryApp } from './gallery-app.ts';
import { readDownload } from './app.ts';
import { decodePixels, rmsDifference } from './pixels.ts';
import { expect, test } from './test.ts';

interface Taken {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
  readonly byPress: boolean;
}

type Answer = 'taken' | 'AbortError' | 'NotAllowedError';

/** The sheet takes what it is given, notes it, and answers as `answerWith` says. */
async function withShareSheet(page: Page) {
  await page.addInitScript(() => {
    const sheet = { answer: 'taken', taken: [] as unknown[] };
    const read = async (file: File) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    };
    Object.assign(window, { sheet });
    Object.assign(navigator, {
      canShare: ({ files = [] }: ShareData) => files.every(({ type }) => /^(image|video)\//.test(type)),
      share: async ({ files = [] }: ShareData) => {
        const byPress = navigator.userActivation.isActive;
        for (const file of files) {
          sheet.taken.push({ name: file.name, type: file.type, base64: await read(file), byPress });
        }
        if (sheet.answer !== 'taken') throw new DOMException('no', sheet.answer);
      },
    });
  });
  const sheet = () => page.evaluate(() => (window as unknown as { sheet: { taken: Taken[] } }).sheet.taken);
  return {
    taken: async (count: number) => {
      await expect.poll(async () => (await sheet()).length).toBe(count);
      return (await sheet()).at(-1)!;
    },
    answerWith: (answer: Answer) =>
      page.evaluate((to) => {
        (window as unknown as { sheet: { answer: string } }).sheet.answer = to;
      }, answer),
  };
}

test('one press hands the picture to the system; closing the sheet is no failure, a refusal shows the other ways', async ({
  app,
  page,
}) => {
  const sheet = await withShareSheet(page);
  await app.open();
  await app.generate({ prompt: 'a calm beach at sunset', steps: 2, seed: 7 });
  const { name, bytes } = await app.savedFile();
  const share = page.getByRole('button', { name: 'Share', exact: true });
  await share.click();
  const taken = await sheet.taken(1);
  expect(taken).toMatchObject({ name, type: 'image/png', byPress: true });
  expect(Buffer.from(taken.base64, 'base64').equals(bytes)).toBe(true);
  await sheet.answerWith('AbortError');
  await share.click();
  await sheet.taken(2);
  await sheet.answerWith('NotAllowedError');
  await share.click();
  await sheet.taken(3);
  // Once: the closed sheet before has said nothing.
  await expect(page.getByText('The system did not take this file.', { exact: true })).toHaveCount(1);
  await expect(
    page.getByRole('dialog', { name: 'Share' }).getByRole('button', { name: 'Copy link' }),
  ).toBeVisible();
});

test('“What is inside” shows the recipe, and what is shared from there goes without it if so wanted', async ({
  app,
  page,
}) => {
  const sheet = await withShareSheet(page);
  await app.open();
  await app.generate({ prompt: 'a calm beach at sunset', steps: 2, seed: 7 });
  await page.getByRole('button', { name: 'What is inside' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByRole('region', { name: 'What is inside' })).toContainText('Seed: 7');
  await dialog.getByRole('checkbox', { name: /Send the recipe along/ }).uncheck();
  await dialog.getByRole('button', { name: 'Share …' }).click();
  const bytes = Buffer.from((await sheet.taken(1)).base64, 'base64');
  expect([bytes.includes('a calm beach'), bytes.includes('trainedAlgorithmicMedia')]).toEqual([false, true]);
});

for (const [format, ending, type] of [
  ['JPEG', 'jpg', 'image/jpeg'],
  ['WebP', 'webp', 'image/webp'],
  ['AVIF', 'avif', 'image/avif'],
] as const) {
  test(`a picture goes out as ${format} with its recipe, without it if so wanted, and the choice is remembered`, async ({
    app,
    page,
  }) => {
    await app.open();
    await app.generate({ prompt: 'a calm beach at sunset', steps: 2, seed: 7 });
    const share = page.getByRole('button', { name: 'Share', exact: true });
    await share.click();
    const dialog = page.getByRole('dialog', { name: 'Share' });
    const save = async () => {
      const download = page.waitForEvent('download');
      await dialog.getByRole('button', { name: 'Save' }).click();
      return readDownload(await download);
    };
    const pixelsOf = async ({ bytes }: { readonly bytes: Buffer }) => decodePixels(page, bytes);
    const asKept = await pixelsOf(await save());
    await dialog.getByRole('combobox', { name: 'Format' }).click();
    await page.getByRole('option', { name: format }).click();
    const whole = await save();
    expect(rmsDifference(await pixelsOf(whole), asKept)).toBeLessThan(0.03);
    expect(whole.name).toMatch(new RegExp(`\\.${ending}$`));
    await dialog.getByRole('checkbox', { name: /Send the recipe along/ }).uncheck();
    const stripped = await save();
    expect([stripped.bytes.includes('calm beach'), stripped.bytes.length < whole.bytes.length]).toEqual([
      ...[false, true],
    ]);
    await page.keyboard.press('Escape');
    await page.reload();
    await app.drop(whole.name, type, whole.bytes);
    await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue(
      'a calm beach at sunset',
    );
    await expect(page.getByRole('spinbutton', { name: 'Seed', exact: true })).toHaveValue('7');
    await app.generate({ prompt: 'a calm beach at sunset', steps: 1, seed: 8 });
    await share.click();
    await expect(dialog.getByRole('combobox', { name: 'Format' })).toHaveText(format);
  });
}

test('a film goes out of the gallery with one press too', async ({ app, page }) => {
  const sheet = await withShareSheet(page);
  const film = new FilmApp(page);
  await film.open();
  await film.paste(['dawn', 'dusk']);
  await film.want({ Steps: 2, 'Scene length (seconds)': 0.5, 'Transition frames': 6 });
  await film.generate();
  const saved = await film.exportAs('MP4');
  await film.button('Share').click();
  const taken = await sheet.taken(1);
  expect(taken).toMatchObject({ name: saved.name, type: 'video/mp4', byPress: true });
  expect(Buffer.from(taken.base64, 'base64').equals(saved.bytes)).toBe(true);
  const gallery = new GalleryApp(app.page);
  await page.getByRole('link', { name: 'Gallery' }).click();
  await gallery.openWork(0);
  await gallery.button('Share').click();
  const again = await sheet.taken(2);
  expect(again).toMatchObject({ type: 'video/mp4', byPress: true });
  expect(again.base64).toBe(taken.base64);
});
