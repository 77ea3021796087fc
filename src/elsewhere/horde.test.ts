/** What only the AI Horde does. */
import { afterEach, expect, test } from 'vitest';
import type { MachineDraw } from '../engine/machine-protocol.ts';
import { hordeServer, type HordeBehaviour } from '../testing/machines/horde-server.ts';
import { testTools } from '../testing/machines/tools.ts';
import adapter from './adapters/horde.ts';

const draw: MachineDraw = {
  model: 'stable_diffusion',
  settings: {
    prompt: 'a fox <lora:ink:0.8>',
    negativePrompt: 'rain',
    steps: 20,
    guidanceScale: 7,
    seed: 7,
    width: 512,
    height: 512,
    sampler: 'dpmpp-2m-karras',
  },
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function machine(behaviour: HordeBehaviour = {}, key?: string) {
  const server = await hordeServer(behaviour);
  closing.push(server.close);
  const address = { kind: 'horde', address: server.address, ...(key !== undefined && { key }) } as const;
  return { server, tools: testTools(address) };
}

test('models come with the most machines first', async () => {
  const { tools } = await machine();
  const { models } = await adapter.capabilities(tools);
  expect(models.map(({ name, nativeSide }) => [name, nativeSide])).toEqual([
    ['stable_diffusion', 512],
    ['AlbedoBase XL (SDXL)', 1024],
  ]);
});

test('without a key it is asked as anonymous, by a client that names itself', async () => {
  const { server, tools } = await machine();
  await adapter.draw(draw, tools);
  const { headers } = await server.request('POST', '/v2/generate/async');
  expect(headers).toMatchObject({ apikey: '0000000000', 'client-agent': 'Zoetrope:0.2.0:browser' });
});

test('one picture is asked for, in the answer itself, shared with nobody', async () => {
  const { server, tools } = await machine();
  await adapter.draw(draw, tools);
  const { body } = await server.request('POST', '/v2/generate/async');
  expect(body).toEqual({
    prompt: 'a fox  ### rain',
    models: ['stable_diffusion'],
    nsfw: false,
    censor_nsfw: true,
    r2: false,
    shared: false,
    params: {
      n: 1,
      steps: 20,
      cfg_scale: 7,
      seed: '7',
      width: 512,
      height: 512,
      karras: true,
      sampler_name: 'k_dpmpp_2m',
      loras: [{ name: 'ink', model: 0.8, clip: 0.8 }],
    },
  });
});

test('what it costs is told without drawing, with what the account has', async () => {
  const { server, tools } = await machine({ key: 'mine' }, 'mine');
  expect(await adapter.quote!(draw, tools)).toEqual({ kudos: 11, balance: 1234.5 });
  expect((await server.request('POST', '/v2/generate/async')).body).toMatchObject({ dry_run: true });
  const anonymous = await machine();
  expect(await adapter.quote!(draw, anonymous.tools)).toEqual({ kudos: 11, balance: null });
});

test('the place in the line and the minutes to come are told as they fall', async () => {
  const { tools } = await machine({ queued: 3 });
  await adapter.draw(draw, tools);
  expect(tools.events.filter((event) => event.phase === 'queued')).toEqual([
    { phase: 'queued', place: 2, leftMs: 180_000 },
    { phase: 'queued', place: 1, leftMs: 120_000 },
    { phase: 'queued', place: 0, leftMs: 60_000 },
  ]);
});

test('a picture that its filter withheld is told as that', async () => {
  const { tools } = await machine({ censored: true });
  await expect(adapter.draw(draw, tools)).rejects.toMatchObject({ code: 'machine-censored' });
});

test('what no machine there can make is told, and taken back', async () => {
  const { server, tools } = await machine({ impossible: true });
  await expect(adapter.draw(draw, tools)).rejects.toMatchObject({ code: 'machine-failed' });
  expect(server.deleted()).toBe(1);
});

test('a request that failed there is told', async () => {
  const { tools } = await machine({ faulted: true });
  await expect(adapter.draw(draw, tools)).rejects.toMatchObject({ code: 'machine-failed' });
});

test('too little kudos is no matter of the key', async () => {
  const { tools } = await machine({ needsKudos: true });
  await expect(adapter.draw(draw, tools)).rejects.toMatchObject({
    code: 'machine-failed',
    elsewhere: { said: expect.stringContaining('required kudos') as string },
  });
});

test('what it does not take is told by its own words about the field', async () => {
  const { tools } = await machine();
  const settings = { ...draw.settings, width: 500 };
  await expect(adapter.draw({ ...draw, settings }, tools)).rejects.toMatchObject({
    code: 'machine-failed',
    elsewhere: { said: expect.stringContaining('not a multiple of 64') as string },
  });
});
