/** What the page promises, in WebKit: a core set, for its driver knows little of what Playwright can. */
import { test as base, expect } from '@playwright/test';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filmFacts, videoStream } from '../film-file.ts';
import { staticHost } from '../static-host.ts';
import { WebkitApp } from './app.ts';
import { startDriver, type Driver } from './webdriver.ts';

const test = base.extend<{ app: WebkitApp }, { driver: Driver }>({
  driver: [
    // eslint-disable-next-line no-empty-pattern -- a fixture's first parameter must be a pattern
    async ({}, use) => {
      const driver = await startDriver();
      await use(driver);
      driver.stop();
    },
    { scope: 'worker' },
  ],
  app: async ({ driver }, use, info) => {
    const session = await driver.open();
    await use(new WebkitApp(session));
    if (info.status !== info.expectedStatus)
      writeFileSync(info.outputPath('page.png'), await session.screenshot());
    await session.close();
  },
});

const json = `{ 'content-type': 'application/json' }`;
const controlled = `return navigator.serviceWorker.controller !== null`;

test('a picture forms, another one is cancelled, and the next is as if nothing had been', async ({
  app,
  baseURL,
}) => {
  await app.open(`${baseURL}/`);
  await app.generate('a calm beach at sunset', 2, 7);
  await app.fill('Steps', '60');
  await app.press('Generate');
  await app.press('Cancel');
  await app.until(`return button('Generate') !== undefined && button('Cancel') === undefined`);
  expect(await app.run<number>(`return pictures().length`)).toBe(1);
  await app.generate('a calm beach at sunset', 2, 7);
});

test('what was made is in the gallery after a reload', async ({ app, baseURL }) => {
  await app.open(`${baseURL}/`);
  await app.generate('a calm beach at sunset', 1, 7);
  await app.press('Gallery');
  const works = `return document.querySelectorAll('[role=list][aria-label=Works] > *, ul[aria-label=Works] > li').length`;
  await app.until(`${works} === 1`);
  await app.session.reload();
  await app.until(`${works} === 1`);
});

test('a recipe in a JPEG is restored when it is dropped', async ({ app, baseURL }) => {
  await app.open(`${baseURL}/`);
  await app.openAdvanced();
  const picture = readFileSync(join(import.meta.dirname, '../cases/carriers/comment-low-first.jpg'));
  await app.drop('lighthouse.jpg', 'image/jpeg', picture);
  await app.until(`return field('Prompt').value === args[0]`, 'ein Leuchtturm 日本 🍄 é, (stormy:1.2) sea');
  expect(await app.value('Negative prompt')).toBe('people, text');
  expect(await app.value('Seed')).toBe('1234567890');
});

test('a film is made, and another program reads it', async ({ app, baseURL }) => {
  await app.open(`${baseURL}/`);
  const base64 = await app.run<string>(`
    const fields = { scenes: ['a calm beach', 'a forest'], duration_per_scene: 0.5, num_inference_steps: 1, width: 128, height: 128, transition_frames: 6 };
    const { video } = await window.zoetrope.generateVideo(fields);
    const bytes = new Uint8Array(await video.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));`);
  const path = join(mkdtempSync(join(tmpdir(), 'film-')), 'film.mp4');
  writeFileSync(path, Buffer.from(base64, 'base64'));
  const facts = filmFacts(path);
  expect(videoStream(facts)).toMatchObject({
    codec_name: 'h264',
    width: 128,
    height: 128,
    nb_read_frames: '30',
  });
  expect(facts.durationSec).toBeCloseTo(1.25, 2);
});

test('the page answers the API: a picture, and a job with its events', async ({ app, baseURL }) => {
  await app.open(`${baseURL}/`);
  await app.until(controlled);
  await app.until(`return (await fetch('/jobs')).status === 200`);
  const picture = await app.run<{ status: number; seed: number; start: string }>(`
    const body = JSON.stringify({ prompt: 'a cat', num_inference_steps: 1, seed: 7, return_base64: true });
    const response = await fetch('/generate', { method: 'POST', headers: ${json}, body });
    const { seed, image_base64: image } = await response.json();
    return { status: response.status, seed, start: image.slice(0, 8) };`);
  expect(picture).toEqual({ status: 200, seed: 7, start: 'iVBORw0K' });
  const told = await app.run<{ states: string[]; errors: number }>(`
    const body = JSON.stringify({ prompt: 'a cat', num_inference_steps: 4, seed: 8 });
    const headers = { ...${json}, prefer: 'respond-async' };
    const { events } = await (await fetch('/generate', { method: 'POST', headers, body })).json();
    const source = new EventSource(events);
    const states = [];
    let errors = 0;
    return new Promise((resolve) => {
      source.onerror = () => {
        errors++;
        if (errors > 3) resolve({ states, errors });
      };
      source.addEventListener('job', ({ data }) => {
        states.push(JSON.parse(data).state);
        if (states.at(-1) !== 'queued' && states.at(-1) !== 'running') {
          source.close();
          resolve({ states, errors });
        }
      });
    });`);
  expect(told.states.at(-1)).toBe('done');
  expect(told.errors).toBe(0);
});

test('after one visit the page opens and draws without its host', async ({ app }) => {
  const host = await staticHost('dist');
  await app.open(host.url);
  await app.until(controlled);
  await app.generate('a calm beach at sunset', 1, 7);
  await host.stop();
  await app.session.reload();
  await app.until(`return field('Prompt') !== undefined`);
  await app.generate('a forest at night', 1, 8);
});
