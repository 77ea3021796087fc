/** What the build holds. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { noticesFile } from '../src/engine/notices.ts';
import { expect, test } from './test.ts';

/** Kilobytes after gzip that a first visit waits for: code, and beside it the words of one language. What is only needed later is to be imported when it is. */
const mostKb = { code: 120, words: 20 };

const gzippedKb = (file: string) => gzipSync(readFileSync(`dist/${file}`)).length / 1000;

test('the JavaScript of the first screen stays small', () => {
  const page = readFileSync('dist/index.html', 'utf8');
  const scripts = new Set(
    Array.from(page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g), ([, file]) => file!),
  );
  expect(scripts.size).toBeGreaterThan(1);
  const kb = [...scripts].map(gzippedKb).reduce((sum, each) => sum + each);
  expect(kb).toBeLessThanOrEqual(mostKb.code);
});

test('the page waits for the words of its language, of no other, and for no code but these', async ({
  app,
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.resourceType() === 'script') asked.push(pathname);
  });
  await app.open();
  const words = asked.filter((path) => /\/words-[^/]*\.js$/.test(path));
  expect(words).toHaveLength(1);
  expect(gzippedKb(words[0]!)).toBeLessThanOrEqual(mostKb.words);
  const html = readFileSync('dist/index.html', 'utf8');
  const before = asked.slice(0, asked.indexOf(words[0]!));
  expect(before.filter((path) => !html.includes(path.slice(path.indexOf('assets/'))))).toEqual([]);
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
