/** Pictures that another machine draws: real HTTP between the page's worker and a server that speaks as AUTOMATIC1111's does. */
import type { Page } from '@playwright/test';
import { localKeys } from '../src/engine/stored-names.ts';
import { a1111Server, type A1111Behaviour } from '../src/testing/machines/a1111-server.ts';
import { fastApiServer } from '../src/testing/machines/contract-server.ts';
import { hordeServer } from '../src/testing/machines/horde-server.ts';
import type { MachineServer } from '../src/testing/machines/machine-server.ts';
import { App } from './app.ts';
import { expect, test } from './test.ts';

const open: MachineServer[] = [];
test.afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** As the settings keep a machine that was added, agreed to and asked, and is chosen. */
async function chosen(page: Page, machine: Record<string, unknown>, key?: string): Promise<void> {
  const { model } = machine as { model: string };
  const kept = { id: 'm1', name: 'The tower', agreed: true, ...machine };
  const records = {
    [localKeys.machines]: { version: 1, machines: [kept] },
    [localKeys.machineKeys]: { version: 1, keys: key === undefined ? {} : { m1: key } },
    [localKeys.page]: { version: 1, modelId: `elsewhere:m1:${model}` },
  };
  await page.addInitScript((entries) => {
    if (localStorage.length > 0) return;
    for (const [name, record] of entries) localStorage.setItem(name, JSON.stringify(record));
  }, Object.entries(records));
}

const model = 'v1-5-pruned-emaonly.safetensors [6ce0161689]';
const side = { min: 64, max: 2048 };
const capabilities = {
  models: [{ id: model, name: 'v1-5-pruned-emaonly', revision: '', nativeSide: 512 }],
  samplers: ['model', 'euler', 'dpmpp-2m-karras'],
  sizes: { multiple: 8, side, maxPixels: 2048 * 2048 },
  steps: { min: 1, max: 150 },
  can: [
    'negative-prompt',
    'guidance',
    'seed',
    'size',
    'sampler',
    'variation',
    'img2img',
    'preview',
    'cancel',
  ],
};

async function tower(page: Page, behaviour: A1111Behaviour, allowOrigin: string | undefined) {
  const server = await a1111Server(behaviour, allowOrigin === undefined ? {} : { allowOrigin });
  open.push(server);
  await chosen(page, { kind: 'a1111', address: server.address, model, capabilities }, behaviour.key);
  return server;
}

test('a picture is made on an A1111-like server, with its progress, and its recipe tells by what', async ({
  page,
  baseURL,
  context,
}) => {
  const origins = new Set<string>();
  context.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url())) origins.add(new URL(request.url()).origin);
  });
  const { origin } = new URL(baseURL!);
  const server = await tower(page, { drawing: 4, key: 'ann:hush' }, origin);
  const app = new App(page);
  await app.open();
  expect(server.seen).toHaveLength(0);
  await app.want({ prompt: 'a fox in the snow', steps: 20, seed: 7, width: 128, height: 64 });
  await app.generateButton.click();
  await expect(page.getByText(/^Step \d+ of 20/)).toBeVisible();
  await expect(app.pictures).toHaveCount(1);
  const { body } = await server.request('POST', '/sdapi/v1/txt2img');
  expect(body).toMatchObject({ prompt: 'a fox in the snow', steps: 20, seed: 7, width: 128, height: 64 });
  const { bytes } = await app.savedFile();
  const text = bytes.toString('latin1');
  expect(text).toContain('"machine":{"kind":"a1111"}');
  expect(text).toContain('v1-5-pruned-emaonly');
  expect(text).not.toContain('127.0.0.1');
  expect(text).not.toContain('hush');
  expect([...origins].sort()).toEqual([origin, server.address].sort());
});

test('a cancel reaches the server, and the next picture is clean', async ({ page, baseURL }) => {
  const server = await tower(page, { queued: 0, drawing: 4, stuck: true }, new URL(baseURL!).origin);
  const app = new App(page);
  await app.open();
  await app.want({ prompt: 'a fox', steps: 20, width: 64, height: 64 });
  await app.generateButton.click();
  await expect(page.getByText(/^Step \d+ of 20/)).toBeVisible();
  await app.cancelButton.click();
  await expect(app.generateButton).toBeVisible();
  await expect(app.pictures).toHaveCount(0);
  expect(server.interrupted()).toBe(1);
});

test('a server that lets no page read it is told as that', async ({ page }) => {
  await tower(page, {}, undefined);
  const app = new App(page);
  await app.open();
  await app.want({ prompt: 'a fox', width: 64, height: 64 });
  await app.generateButton.click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The other machine does not answer');
  await expect(alert).toContainText('--cors-allow-origins=');
});

test('what a machine cannot do is disabled, and says why', async ({ page, baseURL }) => {
  const server = await fastApiServer({}, { allowOrigin: new URL(baseURL!).origin });
  open.push(server);
  const few = {
    ...capabilities,
    models: [{ ...capabilities.models[0], id: 'tiny' }],
    samplers: ['model'],
    can: [],
  };
  await chosen(page, { kind: 'fastapi', address: server.address, model: 'tiny', capabilities: few });
  const app = new App(page);
  await app.open();
  await app.openAdvanced();
  for (const label of ['Negative prompt', 'Width', 'Guidance', 'Seed', 'Variation', 'Noise']) {
    await expect(app.field(label)).toBeDisabled();
  }
  await expect(app.field('Steps')).toBeEnabled();
  await expect(page.getByText('“The tower” cannot do this.').first()).toBeVisible();
  await app.want({ prompt: 'a fox', steps: 5 });
  await app.generateButton.click();
  await expect(app.pictures).toHaveCount(1);
  const { body } = await server.request('POST', '/generate');
  expect(body).toEqual({ prompt: 'a fox', num_inference_steps: 5, return_base64: true });
});

test('what a picture costs on the Horde is told before it is asked for, without its prompt', async ({
  page,
  baseURL,
}) => {
  const server = await hordeServer({ queued: 1, key: 'mine' }, { allowOrigin: new URL(baseURL!).origin });
  open.push(server);
  const name = 'stable_diffusion';
  const there = { ...capabilities, models: [{ id: name, name, revision: '', nativeSide: 512 }] };
  await chosen(page, { kind: 'horde', address: server.address, model: name, capabilities: there }, 'mine');
  const app = new App(page);
  await app.open();
  await app.want({ prompt: 'a secret fox', steps: 20, width: 64, height: 64 });
  await expect(page.getByText('Costs about 11 of your 1,235 kudos.')).toBeVisible();
  expect(JSON.stringify(server.seen.map(({ body }) => body))).not.toContain('secret');
  await app.generateButton.click();
  await expect(page.getByText(/Next in line there/)).toBeVisible();
  await expect(app.pictures).toHaveCount(1);
});
