/**
 * `npm run screenshots`: the pictures of the app that the manifest shows before it is installed, and the one in the README, from the
 * production build with the built-in model.
 */
import { devices, type Browser, type Locator, type Page } from '@playwright/test';
import { App } from '../e2e/app.ts';
import { FilmApp } from '../e2e/film-app.ts';
import { launch, startServer } from './serve.ts';

const port = 8126;
const folder = 'public/screenshots';
const phone = devices['iPhone 13'];
const forms = {
  desktop: { viewport: { width: 1440, height: 900 } },
  // As high as the whole screen: an installed app has no bars of a browser.
  phone: {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    userAgent: phone.userAgent,
  },
};

const server = await startServer(port);
const browser = await launch();
try {
  for (const name of Object.keys(forms) as (keyof typeof forms)[]) await shoot(browser, name);
} finally {
  await browser.close();
  server.kill();
}

async function shoot(browser: Browser, name: keyof typeof forms): Promise<void> {
  const context = await browser.newContext({
    ...forms[name],
    baseURL: `http://localhost:${port}`,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const prompts = await drawExamples(new App(page));
  await save(page, name, page.getByRole('region', { name: 'Your picture' }));
  await makeFilm(page, prompts.slice(0, 3));
  await save(page, `${name}-film`);
  await page.getByRole('link', { name: 'Gallery' }).click();
  const works = page.getByRole('list', { name: 'Works' }).getByRole('listitem');
  await works.nth(prompts.length - 1).waitFor();
  await save(page, `${name}-gallery`);
  await context.close();
}

/** What the model's own card recommends, so that another model shows itself with other pictures. The first example comes last, and shows. */
async function drawExamples(app: App): Promise<string[]> {
  await app.open();
  const examples = app.page.getByRole('region', { name: 'Examples' }).getByRole('listitem');
  const prompts = await examples.allInnerTexts();
  for (const [index, prompt] of prompts.toReversed().entries()) {
    await app.generate({ prompt, seed: index + 1 });
  }
  await app.page.getByRole('button', { name: 'Advanced' }).click();
  return prompts;
}

async function makeFilm(page: Page, prompts: readonly string[]): Promise<void> {
  await page.getByRole('link', { name: 'Film' }).click();
  const film = new FilmApp(page);
  await film.paste(prompts);
  await film.generate();
}

/** From the top, or with all of `shown` on the screen. */
async function save(page: Page, name: string, shown?: Locator): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    scrollTo(0, 0);
  });
  await shown?.scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
  process.stdout.write(`${folder}/${name}.png\n`);
}
