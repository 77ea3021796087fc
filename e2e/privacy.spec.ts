/** Nothing leaves the machine: every request of a whole session is recorded, the service worker's and the engine's too. */
import type { Page } from '@playwright/test';
import { headerPolicy, pagePolicy } from '../src/engine/content-policy.ts';
import { FilmApp } from './film-app.ts';
import { recordOrigins } from './machines.ts';
import { miniature } from '../src/testing/hub/models.ts';
import { expect, openSheet, test } from './hub-test.ts';
import { OfflineSettings } from './offline-settings.ts';

async function makeFilm(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Film' }).click();
  const film = new FilmApp(page);
  await film.paste(['a calm beach at sunset', 'a forest at night']);
  await film.want({ Steps: 2, 'Scene length (seconds)': 1, 'Transition frames': 6 });
  await film.generate();
  await film.exportAs('GIF');
}

test('a session with pictures, a film, gallery, settings and sharing asks its own origin only; a model asks the hub that was named', async ({
  app,
  page,
  context,
  baseURL,
  hub,
}) => {
  const origins = recordOrigins(context);
  await app.open();
  await app.generate({ prompt: 'a calm beach at sunset', steps: 2, seed: 7 });
  await makeFilm(page);
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(page.getByRole('list', { name: 'Works' }).getByRole('listitem')).toHaveCount(2);
  const settings = new OfflineSettings(page);
  await settings.open();
  await settings.fetchAllButton.click();
  await expect(settings.fetchAllButton).toBeHidden();
  await settings.test();
  await settings.close();
  expect([...origins]).toEqual([new URL(baseURL!).origin]);

  await page.getByRole('link', { name: 'Picture' }).click();
  hub.publish('someone/mini', { files: miniature, licence: 'mit' });
  const sheet = await openSheet(page, hub);
  await sheet.fetch('someone/mini');
  const storage = new URL(hub.storageUrl).origin;
  expect([...origins].sort()).toEqual([new URL(baseURL!).origin, new URL(hub.hubUrl).origin, storage].sort());
});

interface Refused {
  violations?: { what: string; policy: string }[];
}

test('the browser itself refuses scripts that are inline, evaluated or remote, and talk with others', async ({
  app,
  page,
}) => {
  await app.open();
  const outcome = await page.evaluate(async () => {
    const violations: Refused['violations'] = ((globalThis as Refused).violations = []);
    document.addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI, originalPolicy }) =>
        violations.push({ what: `${effectiveDirective} ${blockedURI}`, policy: originalPolicy }),
    );
    const add = (fill: (script: HTMLScriptElement) => void) => {
      const script = document.createElement('script');
      fill(script);
      document.head.append(script);
    };
    add((script) => (script.textContent = 'globalThis.ran = "inline"'));
    add((script) => (script.src = 'https://example.com/remote.js'));
    new Image().src = 'https://example.com/pixel.png';
    const talked = await fetch('https://example.com/').catch(() => null);
    // In a task of its own: what a debugger's command does at once may evaluate.
    const evaluated = await new Promise<void>((resolve) => setTimeout(resolve))
      .then(() => globalThis.eval('1') as number)
      .catch(() => null);
    return { evaluated, talked, ran: 'ran' in globalThis };
  });
  expect(outcome).toEqual({ evaluated: null, talked: null, ran: false });
  const refusedBy = (policy: string) => async () =>
    (await page.evaluate(() => (globalThis as Refused).violations!))
      .filter((violation) => violation.policy === policy)
      .map(({ what }) => what)
      .sort();
  const both = [
    expect.stringMatching(/^img-src https:\/\/example\.com/),
    expect.stringMatching(/^script-src eval/),
    expect.stringMatching(/^script-src-elem https:\/\/example\.com/),
    expect.stringMatching(/^script-src-elem inline/),
  ];
  // Two policies, and each tells: the response's, which lets workers download models from a hub, and the page's own, which lets it talk to nobody.
  await expect.poll(refusedBy(headerPolicy)).toEqual(both);
  await expect
    .poll(refusedBy(pagePolicy))
    .toEqual([expect.stringMatching(/^connect-src https:\/\/example\.com/), ...both]);
});
