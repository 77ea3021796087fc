/** What only AUTOMATIC1111's web UI and its kin do. */
import { afterEach, expect, test } from 'vitest';
import type { MachineDraw } from '../engine/machine-protocol.ts';
import { a1111Server, type A1111Behaviour } from '../testing/machines/a1111-server.ts';
import { testTools } from '../testing/machines/tools.ts';
import adapter from './adapters/a1111.ts';

const model = 'v1-5-pruned-emaonly.safetensors [6ce0161689]';
const draw: MachineDraw = {
  model,
  settings: {
    prompt: 'a fox <lora:ink:0.8>',
    negativePrompt: 'rain',
    steps: 20,
    guidanceScale: 6.5,
    seed: 7,
    width: 128,
    height: 64,
    sampler: 'dpmpp-2m-karras',
  },
};

let close: () => Promise<void>;
afterEach(() => close());

async function machine(behaviour: A1111Behaviour = {}, key?: string) {
  const server = await a1111Server(behaviour);
  ({ close } = server);
  const address = { kind: 'a1111', address: server.address, ...(key !== undefined && { key }) } as const;
  return { server, tools: testTools(address) };
}

test('models, samplers and schedules are read from its own lists, what is loaded first', async () => {
  const { tools } = await machine();
  const { models, samplers, can, sizes } = await adapter.capabilities(tools);
  expect(models).toEqual([
    {
      id: model,
      name: 'v1-5-pruned-emaonly',
      revision: '6ce0161689b3853acaa03779ec93eafe75a02f4ced659bee03f50797806fa2fa',
      nativeSide: 512,
    },
    { id: 'sd_xl_base_1.0.safetensors', name: 'sd_xl_base_1.0', revision: '', nativeSide: 1024 },
  ]);
  expect(samplers).toEqual(expect.arrayContaining(['model', 'ddim', 'dpmpp-2m-karras', 'euler-ancestral']));
  expect(samplers).not.toContain('dpmpp-2s-ancestral');
  expect(can).toContain('schedule');
  expect(sizes.multiple).toBe(8);
});

test('before 1.9, a schedule is part of a sampler, and none can be chosen apart', async () => {
  const { tools } = await machine({ old: true });
  const { samplers, can } = await adapter.capabilities(tools);
  expect(samplers).toEqual(expect.arrayContaining(['dpmpp-2m', 'dpmpp-2m-karras', 'dpmpp-sde-karras']));
  expect(samplers).not.toContain('euler-karras');
  expect(can).not.toContain('schedule');
});

test('everything that was set is asked for, as it names it, and nothing is saved there', async () => {
  const { server, tools } = await machine();
  const settings = { ...draw.settings, variation: { seed: 9, strength: 0.25 }, noise: 'nvidia' as const };
  await adapter.draw({ ...draw, settings }, tools);
  const { body } = await server.request('POST', '/sdapi/v1/txt2img');
  expect(body).toMatchObject({
    prompt: 'a fox <lora:ink:0.8>',
    negative_prompt: 'rain',
    steps: 20,
    cfg_scale: 6.5,
    seed: 7,
    subseed: 9,
    subseed_strength: 0.25,
    width: 128,
    height: 64,
    batch_size: 1,
    n_iter: 1,
    sampler_name: 'DPM++ 2M Karras',
    scheduler: 'Karras',
    save_images: false,
    override_settings: { randn_source: 'NV' },
    override_settings_restore_afterwards: true,
  });
});

test('a schedule that was chosen stands beside the bare name', async () => {
  const { server, tools } = await machine();
  await adapter.draw({ ...draw, settings: { ...draw.settings, sampler: 'euler', schedule: 'beta' } }, tools);
  const { body } = await server.request('POST', '/sdapi/v1/txt2img');
  expect(body).toMatchObject({ sampler_name: 'Euler', scheduler: 'Beta' });
});

test('image-to-image sends the source, which is cropped and never stretched', async () => {
  const { server, tools } = await machine();
  const source = { file: new Blob(['source']), strength: 0.4 };
  await adapter.draw({ ...draw, source }, tools);
  const { body } = await server.request('POST', '/sdapi/v1/img2img');
  expect(body).toMatchObject({ init_images: [btoa('source')], denoising_strength: 0.4, resize_mode: 1 });
});

test('another model is loaded as its own page does it; the one that is there is left alone', async () => {
  const { server, tools } = await machine();
  await adapter.draw(draw, tools);
  const loads = () =>
    server.seen.filter(({ method, path }) => method === 'POST' && path.endsWith('/options'));
  expect(loads()).toHaveLength(0);
  await adapter.draw({ ...draw, model: 'sd_xl_base_1.0.safetensors' }, tools);
  expect(loads().map(({ body }) => body)).toEqual([{ sd_model_checkpoint: 'sd_xl_base_1.0.safetensors' }]);
});

test('a model that is gone from there is told in its words', async () => {
  const { tools } = await machine();
  await expect(adapter.draw({ ...draw, model: 'gone' }, tools)).rejects.toMatchObject({
    code: 'machine-failed',
    elsewhere: { said: expect.stringContaining('model not found') as string },
  });
});

test('a name and a password let us in, and stand in no request but its head', async () => {
  const { server, tools } = await machine({ key: 'ann:hush ü' }, 'ann:hush ü');
  await adapter.draw(draw, tools);
  expect(server.seen.some(({ headers }) => headers.authorization !== undefined)).toBe(true);
  expect(JSON.stringify(server.seen.map(({ body, path }) => [path, body]))).not.toContain('hush');
});

test('steps, time left and the picture so far are told', async () => {
  const { tools } = await machine({ queued: 1, drawing: 4 });
  await adapter.draw(draw, tools);
  const drawing = tools.events.filter((event) => event.phase === 'drawing');
  expect(drawing.map(({ step, fraction }) => [step, fraction])).toEqual([
    [0, 0],
    [5, 0.25],
    [10, 0.5],
    [15, 0.75],
  ]);
  expect(drawing.at(-1)?.leftMs).toBe(2500);
  expect(drawing.at(-1)?.preview?.size).toBeGreaterThan(50);
});

test('without its page (--nowebui) progress comes from the API', async () => {
  const { tools } = await machine({ withoutInternal: true, drawing: 4 });
  await adapter.draw(draw, tools);
  const steps = tools.events.filter((event) => event.phase === 'drawing').map(({ step }) => step);
  expect(steps).toEqual([null, 0, 5, 10, 15]);
});

test('where the answer does not tell the seed, its maker is asked what the picture tells', async () => {
  const { server, tools } = await machine({ withoutInfo: true, seed: 99 });
  const made = await adapter.draw(draw, tools);
  expect(made.settings.seed).toBe(99);
  expect(server.seen.some(({ path }) => path === '/sdapi/v1/png-info')).toBe(true);
});

test('a task that waits behind those of other people is stopped when its turn comes, and not before', async () => {
  const { server, tools } = await machine({ queued: 6, stuck: true });
  const drawing = adapter.draw(draw, tools);
  await server.request('POST', '/internal/progress');
  tools.cancel();
  await expect(drawing).rejects.toMatchObject({ name: 'AbortError' });
  const before = server.interrupted();
  await server.request('POST', '/sdapi/v1/interrupt');
  expect([before, server.interrupted()]).toEqual([0, 1]);
});
