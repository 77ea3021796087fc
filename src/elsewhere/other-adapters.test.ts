/** What only sd-server, the service before Zoetrope, and Zoetrope do. */
import { afterEach, expect, test } from 'vitest';
import type { MachineDraw } from '../engine/machine-protocol.ts';
import { a1111Server } from '../testing/machines/a1111-server.ts';
import { fastApiServer, zoetropeServer } from '../testing/machines/contract-server.ts';
import { sdServer } from '../testing/machines/sd-server.ts';
import { testTools } from '../testing/machines/tools.ts';
import fastapi from './adapters/fastapi.ts';
import sd from './adapters/sd-server.ts';
import zoetrope from './adapters/zoetrope.ts';

const draw: MachineDraw = {
  model: 'sd-v1-5',
  settings: {
    prompt: 'a fox <lora:ink:0.8>',
    negativePrompt: 'rain',
    steps: 20,
    guidanceScale: 7,
    seed: 7,
    width: 128,
    height: 64,
    sampler: 'euler-karras',
  },
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

test('sd-server: tags become its own list, with the paths that it tells', async () => {
  const server = await sdServer();
  closing.push(server.close);
  const tools = testTools({ kind: 'sd-server', address: server.address });
  const made = await sd.draw(draw, tools);
  const { body } = await server.request('POST', '/sdcpp/v1/img_gen');
  expect(body).toMatchObject({
    prompt: 'a fox ',
    lora: [{ path: 'styles/ink.safetensors', multiplier: 0.8 }],
    sample_params: {
      sample_steps: 20,
      sample_method: 'euler',
      scheduler: 'karras',
      guidance: { txt_cfg: 7 },
    },
  });
  expect(made.drawMs).toBe(7000);
});

test('sd-server: a job that waits is cancelled there', async () => {
  const server = await sdServer({ queued: 100_000 });
  closing.push(server.close);
  const tools = testTools({ kind: 'sd-server', address: server.address });
  const drawing = sd.draw(draw, tools);
  await server.request('GET', '/sdcpp/v1/jobs/');
  tools.cancel();
  await expect(drawing).rejects.toMatchObject({ name: 'AbortError' });
  expect(server.cancelled()).toBe(1);
});

test('sd-server: an older build is spoken to as A1111, without what that build cannot do', async () => {
  const server = await a1111Server({ withoutInternal: true });
  closing.push(server.close);
  const tools = testTools({ kind: 'sd-server', address: server.address });
  const { can } = await sd.capabilities(tools);
  expect(can).not.toContain('lora');
  expect(can).not.toContain('cancel');
  const made = await sd.draw({ ...draw, model: 'v1-5-pruned-emaonly.safetensors [6ce0161689]' }, tools);
  expect(made.settings.seed).toBe(7);
});

test('the service before: only what its document names is offered and sent', async () => {
  const server = await fastApiServer();
  closing.push(server.close);
  const tools = testTools({ kind: 'fastapi', address: server.address });
  expect((await fastapi.capabilities(tools)).can).toEqual([]);
  await fastapi.draw(draw, tools);
  const { body } = await server.request('POST', '/generate');
  expect(body).toEqual({ prompt: 'a fox <lora:ink:0.8>', num_inference_steps: 20, return_base64: true });
});

test('the service before: a cancel closes the request, the only way that it has', async () => {
  const server = await fastApiServer({ stuck: true });
  closing.push(server.close);
  const tools = testTools({ kind: 'fastapi', address: server.address });
  const drawing = fastapi.draw(draw, tools);
  await server.request('POST', '/generate');
  tools.cancel();
  await expect(drawing).rejects.toMatchObject({ name: 'AbortError' });
  await server.hasLeft;
});

test('Zoetrope: it takes what its document names, and is told that it was asked by another', async () => {
  const server = await zoetropeServer();
  closing.push(server.close);
  const tools = testTools({ kind: 'zoetrope', address: server.address, key: 'paired' });
  const { can, samplers } = await zoetrope.capabilities(tools);
  expect(can).toEqual(expect.arrayContaining(['seed', 'size', 'variation', 'noise', 'schedule', 'cancel']));
  expect(samplers).toEqual(['model', 'ddim', 'dpmpp-2m', 'euler']);
  const settings = { ...draw.settings, sampler: 'euler', schedule: 'beta', speed: 'fast' } as const;
  await zoetrope.draw({ ...draw, settings }, tools);
  const { body, headers } = await server.request('POST', '/generate');
  expect(body).toMatchObject({
    seed: 7,
    width: 128,
    scheduler: 'euler',
    schedule: 'beta',
    speed: 'fast',
    negative_prompt: 'rain',
  });
  expect(headers).toMatchObject({
    authorization: 'Bearer paired',
    prefer: 'respond-async',
    'x-zoetrope-hop': '1',
  });
});
