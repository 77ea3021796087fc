import { apiCases, type ApiCase } from './api-cases.ts';
import { askByCurl, askByFetch, askByScript, type Answered } from './api-ways.ts';
import { readRgb } from '../src/testing/png.ts';
import { expect, test } from './test.ts';
import type { Page } from '@playwright/test';

const json = { 'content-type': 'application/json' };

function check({ answer }: ApiCase, { status, headers, body }: Answered): void {
  expect(status, body.toString('utf8', 0, 300)).toBe(answer.status);
  for (const [name, pattern] of Object.entries(answer.headers ?? {})) expect(headers[name]).toMatch(pattern);
  if (answer.json !== undefined) expect(JSON.parse(body.toString())).toMatchObject(answer.json);
  if (answer.file === 'png') {
    expect(body.subarray(1, 4).toString()).toBe('PNG');
    // Three channels: what the original sent, and what programs that write JPEGs can take.
    expect(body[25]).toBe(2);
  }
  if (answer.size) expect([body.readUInt32BE(16), body.readUInt32BE(20)]).toEqual(answer.size);
  if (answer.keeps) expectKept(body, answer.keeps);
  if (answer.file === 'mp4') expect(body.subarray(4, 8).toString()).toBe('ftyp');
}

/** To the byte on the right, and another picture on the left. */
function expectKept(file: Buffer, { image, right }: NonNullable<ApiCase['answer']['keeps']>): void {
  const width = file.readUInt32BE(16);
  const [made, sent] = [readRgb(file), readRgb(Buffer.from(image, 'base64'))];
  const changed = [...made.keys()].filter((at) => made[at] !== sent[at]);
  expect(changed.filter((at) => Math.floor(at / 3) % width >= right)).toEqual([]);
  expect(changed.length).toBeGreaterThan(1000);
}

/** The page answers once it has become the one that does, and the service worker has taken over. */
async function ready(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const { held = [] } = await navigator.locks.query();
    const leads = held.some(({ name }) => name?.includes(':api:'));
    return leads && navigator.serviceWorker.controller !== null;
  });
}

async function relayReady(baseURL: string): Promise<void> {
  const status = async () => (await askByCurl(baseURL, { method: 'GET', path: '/jobs' })).status;
  await expect.poll(status).toBe(200);
}

test('the contract, through the service worker, from another tab', async ({ app, page, context }) => {
  await app.open();
  await ready(page);
  const other = await context.newPage();
  await other.goto('/docs');
  for (const each of apiCases) {
    await test.step(each.name, async () => check(each, await askByFetch(other, each)));
  }
});

test('the contract, from the command line through the relay', async ({ app, page, baseURL }) => {
  await app.open();
  await ready(page);
  await relayReady(baseURL!);
  for (const each of apiCases) {
    await test.step(each.name, async () => check(each, await askByCurl(baseURL!, each)));
  }
});

test('the contract, in code', { tag: '@core' }, async ({ app, page }) => {
  await app.open();
  for (const each of apiCases) {
    const { script } = each;
    if (script) await test.step(each.name, async () => check(each, await askByScript(page, script)));
  }
});

test('the same seed makes the same bytes, whichever way it is asked for', async ({ app, page, baseURL }) => {
  await app.open();
  await ready(page);
  await relayReady(baseURL!);
  const fields = { prompt: 'a calm beach at sunset', num_inference_steps: 3, seed: 5 };
  const request = { method: 'POST', path: '/generate', headers: json, body: JSON.stringify(fields) };
  const ways = [
    await askByFetch(page, request),
    await askByCurl(baseURL!, request),
    await askByScript(page, { call: 'generate', fields }),
  ];
  expect(Buffer.compare(ways[0]!.body, ways[1]!.body)).toBe(0);
  expect(Buffer.compare(ways[0]!.body, ways[2]!.body)).toBe(0);
});

test('what scripts ask for shows in the page and can be cancelled there', async ({ app, page }) => {
  await app.open();
  await ready(page);
  const answer = askByFetch(page, {
    method: 'POST',
    path: '/generate',
    headers: json,
    body: '{"prompt":"a very slow lake","num_inference_steps":150}',
  });
  const list = page.getByRole('region', { name: 'Work for scripts' });
  await expect(list.getByText(/Picture for a script: step [1-9]\d* of 150/)).toBeVisible();
  await list.getByRole('button', { name: /Cancel “a very slow lake”/ }).click();
  const { status, body } = await answer;
  expect([status, body.toString()]).toEqual([500, '{"detail":"Generation failed: cancelled"}']);
  await expect(list).toBeHidden();
});

test('a tab that closes hands over to the next; with none, the answer says how to open one', async ({
  app,
  page,
  context,
}) => {
  await app.open();
  await ready(page);
  const second = await context.newPage();
  await second.goto('/?backend=wasm');
  const asking = await context.newPage();
  await asking.goto('/docs');
  const status = async () => (await askByFetch(asking, { method: 'GET', path: '/jobs' })).status;
  expect(await status()).toBe(200);
  await page.close();
  await expect.poll(status).toBe(200);
  await second.close();
  await expect.poll(status).toBe(503);
  const { body } = await askByFetch(asking, { method: 'GET', path: '/jobs' });
  expect(JSON.parse(body.toString())).toMatchObject({
    detail: 'Model not loaded yet',
    advice: expect.stringMatching(/Open http.* and keep it open/),
  });
});
