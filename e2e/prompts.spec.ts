/** What people write in prompts: what is understood stands under them, lists and choices are drawn. */
import { expect, test } from './test.ts';
import { toast } from './toast.ts';

test('what a prompt says beside its words is shown, and what is not understood', async ({ app, page }) => {
  await app.open();
  const facts = page.getByRole('list', { name: 'What is understood of the prompt' });
  await app.prompt.fill('a plain beach');
  await expect(facts).toBeHidden();
  await app.want({
    prompt: 'a (stormy:1.3) [sea:lake:0.5] AND a boat :0.7, <lora:own:0.8>, __hair__',
    steps: 20,
  });
  for (const text of [
    'stormy × 1.3',
    'Changes after step 10',
    '2 prompts at once',
    'LoRA own × 0.8',
    'There is no list “hair”',
  ]) {
    await expect(facts.getByText(text)).toBeVisible();
  }
});

test('a list is kept and put into the prompt; it is there after a reload, and can be deleted', async ({
  app,
  page,
}) => {
  await app.open();
  await app.drop('Hair colours.txt', 'text/plain', Buffer.from('red\n# remark\nblond\n'));
  const sheet = page.getByRole('dialog', { name: 'Prompts and lists' });
  await expect(sheet.getByLabel('Lines', { exact: true })).toHaveValue('red\n# remark\nblond\n');
  await sheet.getByRole('button', { name: 'Keep the lines as a list' }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await app.prompt.fill('a fox');
  await page.getByRole('button', { name: 'Prompts and lists' }).click();
  await sheet.getByRole('button', { name: '__Hair-colours__' }).click();
  await expect(app.prompt).toHaveValue('a fox, __Hair-colours__');
  await expect(page.getByText('__Hair-colours__: one of 2 lines')).toBeVisible();
  await page.getByRole('button', { name: 'Prompts and lists' }).click();
  await sheet.getByRole('button', { name: 'Delete Hair-colours' }).click();
  await expect(sheet.getByText('2 lines')).toBeHidden();
});

test('several text files are a list each', async ({ app, page }) => {
  await app.open();
  await page.getByRole('button', { name: 'Prompts and lists' }).click();
  const files = ['red\nblue', 'fox\ncat\nowl'].map((text, at) => ({
    name: `${['colour', 'animal'][at]}.txt`,
    mimeType: 'text/plain',
    buffer: Buffer.from(text),
  }));
  await page.getByLabel('Text file', { exact: true }).setInputFiles(files);
  const sheet = page.getByRole('dialog', { name: 'Prompts and lists' });
  await expect(sheet.getByRole('button', { name: '__colour__' })).toBeVisible();
  await expect(sheet.getByRole('button', { name: '__animal__' })).toBeVisible();
});

test('each line of a text becomes a picture of the queue, with what it says itself', async ({
  app,
  page,
}) => {
  await app.open();
  await app.want({ steps: 1, width: 64, height: 64 });
  await page.getByRole('button', { name: 'Prompts and lists' }).click();
  const sheet = page.getByRole('dialog', { name: 'Prompts and lists' });
  await sheet
    .getByLabel('Lines', { exact: true })
    .fill('a {red|red} fox\n--prompt "a calm beach" --seed 7\n--prompt broken --steps 999');
  await sheet.getByRole('button', { name: 'Add 3 pictures to the queue' }).click();
  await expect(toast(page, 'Left out, because they cannot be made: line 3.')).toBeVisible();
  await expect(app.pictures).toHaveCount(2, { timeout: 200_000 });
  await expect(page.getByRole('option', { name: 'a calm beach, seed 7' })).toBeVisible();
  await expect(page.getByRole('option', { name: /^a red fox, seed \d+$/ })).toBeVisible();
});
