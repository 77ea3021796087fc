/** What the build holds. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { noticesFile } from '../src/engine/notices.ts';
import { expect, test } from './test.ts';

/** Kilobytes after gzip that a first visit waits for. What is only needed later is to be imported when it is. */
const mostKb = 120;

test('the JavaScript of the first screen stays small', () => {
  const page = readFileSync('dist/index.html', 'utf8');
  const scripts = new Set(
    Array.from(page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g), ([, file]) => file!),
  );
  expect(scripts.size).toBeGreaterThan(1);
  const kb = [...scripts].map((file) => gzipSync(readFileSync(`dist/${file}`)).length / 1000);
  expect(kb.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(mostKb);
});

test('the licences of all that is in the build are one link away', async ({ app, page }) => {
  await app.open();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Credits and licences').click();
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'All licences of this build' }).click();
  const licences = await opened;
  await expect(licences).toHaveURL(new RegExp(`/${noticesFile}$`));
  await expect(licences.getByText('GNU GENERAL PUBLIC LICENSE').first()).toBeVisible();
});
