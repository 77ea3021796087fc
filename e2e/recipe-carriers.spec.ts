/** One recipe in every kind of file, and every way in which a file comes to the page. Nothing is drawn here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './test.ts';
import { toast } from './toast.ts';

const folder = join(import.meta.dirname, 'cases/carriers');
const types = {
  jpg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  jxl: 'image/jxl',
  png: 'image/png',
};
const fileIn = (name: string) => readFileSync(join(folder, name));
const said = 'ein Leuchtturm 日本 🍄 é, (stormy:1.2) sea';

for (const [kind, type] of Object.entries(types)) {
  test(`a recipe in a ${kind} file is restored when it is dropped, seen as it stands, and undone`, async ({
    app,
    page,
  }) => {
    await app.open();
    await app.want({ prompt: 'before', negative: 'before', steps: 7, seed: 1 });
    const name = `comment-low-first.${kind}`;
    await app.drop(name, type, fileIn(name));
    await expect(app.prompt).toHaveValue(said);
    for (const [label, value] of [
      ['Negative prompt', 'people, text'],
      ['Steps', '20'],
      ['Guidance', '6.5'],
      ['Seed', '1234567890'],
      ['Height', '768'],
    ] as const) {
      await expect(app.field(label), label).toHaveValue(value);
    }
    const notice = toast(page, `Settings restored from “${name}”.`);
    await expect(notice).toContainText('Made with AUTOMATIC1111.');
    await page.getByRole('button', { name: 'Show the text' }).click();
    const dialog = page.getByRole('dialog', { name: `What ${name} says` });
    await expect(dialog).toContainText('Schedule type: Karras');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await notice.getByRole('button', { name: 'Undo' }).click();
    await expect(app.prompt).toHaveValue('before');
    await expect(app.field('Steps')).toHaveValue('7');
  });
}

test('a picture that is pasted restores its recipe', async ({ app, page }) => {
  await app.open();
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], '', { type: 'image/png' }));
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, fileIn('xmp.png').toString('base64'));
  await expect(app.prompt).toHaveValue(said);
});

test(
  'a picture that is chosen as the source offers the recipe that it tells',
  { tag: '@core' },
  async ({ app, page }) => {
    await app.open();
    await app.want({ prompt: 'before', steps: 7 });
    await app.field('Source picture').setInputFiles(join(folder, 'comment-high-first.jpg'));
    await expect(toast(page, 'is the source of the next picture')).toBeVisible();
    await expect(app.prompt).toHaveValue('before');
    await page.getByRole('button', { name: 'Restore its settings' }).click();
    await expect(app.prompt).toHaveValue(said);
  },
);

test('900 megapixels are told as such, and an earlier source stays', async ({ app, page }) => {
  await app.open();
  await app.openAdvanced();
  await app.field('Source picture').setInputFiles(join(folder, 'comment-high-first.jpg'));
  const head = Buffer.from(fileIn('xmp.png').subarray(0, 33));
  head.writeUInt32BE(30_000, 16);
  head.writeUInt32BE(30_000, 20);
  await app.drop('wall.png', 'image/png', head);
  const problem = page.getByRole('alert').filter({ hasText: 'wall.png' });
  await expect(problem).toContainText('900 megapixels');
  await expect(page.getByText('comment-high-first.jpg').first()).toBeVisible();
});

test('a picture three pixels wide keeps its colour as a source', async ({ app }) => {
  await app.open();
  await app.openAdvanced();
  const narrow = join(import.meta.dirname, 'cases/pictures/source-3-pixels-wide-turns-white.png');
  await app.field('Source picture').setInputFiles(narrow);
  await app.field('Strength').fill('0');
  const { data } = await app.picture({ prompt: 'a lake', steps: 1, width: 64, height: 64 });
  const mean = [0, 1, 2].map((channel) => {
    const values = data.filter((_, at) => at % 4 === channel);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  for (const [channel, value] of [20, 60, 120].entries())
    expect(Math.abs(mean[channel]! - value)).toBeLessThan(30);
});
