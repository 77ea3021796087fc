/** What scripts ask for, made on other machines: they cannot tell the difference. */
import { expect, test } from 'vitest';
import { jsonOf, openApiPage } from '../../testing/api-page.ts';
import { settingsOfPicture } from '../../domain/diffusion/image-settings.ts';
import type { MachineDraw, Machines } from '../../engine/machine-protocol.ts';
import { abortError } from '../../engine/rpc.ts';
import { machineEntry } from '../machines/machine-state.ts';
import type { OwnMachine } from '../machines/own-machines.ts';
import { makePictures } from '../making/make-pictures.ts';

const machine = (id: string): OwnMachine => ({
  ...{ id, kind: 'a1111', name: `The ${id}`, address: `http://${id}.lan`, agreed: true, model: null },
  helps: true,
  capabilities: {
    models: [{ id: 'dream', name: 'Dream', revision: 'abc', nativeSide: 512 }],
    samplers: ['model', 'ddim'],
    sizes: { multiple: 8, side: { min: 64, max: 2048 }, maxPixels: 2048 * 2048 },
    steps: { min: 1, max: 150 },
    can: ['seed', 'size', 'negative-prompt', 'guidance', 'sampler', 'cancel'],
  },
});

/** Machines that draw at once, in the order that they are asked; those named in `dead` fail. */
function elsewhere(own: readonly OwnMachine[], dead: readonly string[] = []) {
  const drawn: { host: string; draw: MachineDraw }[] = [];
  const call = (_: string, params: unknown, { signal }: { signal?: AbortSignal } = {}) => {
    const { machine: at, draw } = params as { machine: { address: string }; draw: MachineDraw };
    const host = new URL(at.address).hostname;
    if (signal?.aborted) return Promise.reject(abortError());
    if (dead.includes(host)) return Promise.reject(new Error('cut'));
    drawn.push({ host, draw });
    const model = { id: 'dream', name: 'Dream', revision: 'abc' };
    return Promise.resolve({ file: new Blob(), settings: draw.settings, model, differs: [], drawMs: 5 });
  };
  const machines = {
    find: (id: string) => own.find((each) => each.id === id),
    address: ({ kind, address }: OwnMachine) => ({ kind, address, key: 'secret-key' }),
    helpers: () => own,
    open: () => Promise.resolve({ call, terminate: () => undefined } as unknown as Machines),
  };
  const images = {
    decode: (_: Blob, { width, height }: { width: number; height: number }) =>
      Promise.resolve({ width, height, data: new Uint8ClampedArray(4 * width * height) }),
  };
  return { drawn, machines, images };
}

const hop = { headers: { 'x-zoetrope-hop': '1' } };

test('a picture of a chosen machine is answered as one of this device', async () => {
  const tower = machine('tower');
  const { drawn, ...options } = elsewhere([tower]);
  const asked = { prompt: 'a cat', seed: 7, num_inference_steps: 3 };
  const there = openApiPage(options);
  there.app.actions.keepMachine(tower);
  there.app.actions.chooseModel(machineEntry(tower));
  const elsewhereAnswer = await there.ask('POST', '/generate', asked);
  const here = openApiPage();
  const hereAnswer = here.ask('POST', '/generate', asked);
  await here.draw();
  expect(elsewhereAnswer.status).toBe(200);
  expect(elsewhereAnswer.headers).toEqual((await hereAnswer).headers);
  expect(drawn).toMatchObject([
    { draw: { model: 'dream', settings: { prompt: 'a cat', seed: 7, steps: 3 } } },
  ]);
  const png = await (elsewhereAnswer.body as Blob).text();
  const { recipe } = JSON.parse(png) as { recipe: Record<string, unknown> };
  expect(recipe).toMatchObject({ model: { id: 'dream', revision: 'abc' }, machine: { kind: 'a1111' } });
  expect(png).not.toMatch(/secret-key|tower\.lan/);
  const base64 = await jsonOf(await there.ask('POST', '/generate', { ...asked, return_base64: true }));
  expect(Object.keys(base64)).toEqual(['success', 'prompt', 'steps', 'image_base64', 'format', 'seed']);
});

test('what another Zoetrope asks for is drawn here, whatever was chosen, so that two of them never ask each other for ever', async () => {
  const tower = machine('tower');
  const { drawn, ...options } = elsewhere([tower]);
  const page = openApiPage(options);
  page.app.actions.keepMachine(tower);
  page.app.actions.chooseModel(machineEntry(tower));
  const answer = page.ask('POST', '/generate', { prompt: 'a cat', seed: 7 }, hop);
  await page.draw();
  expect((await answer).status).toBe(200);
  expect(drawn).toEqual([]);
  const status = { headers: { ...hop.headers, accept: 'application/json' } };
  expect(await jsonOf(await page.ask('GET', '/', undefined, status))).toMatchObject({ model: 'built-in' });
});

const settings = {
  ...{ prompt: 'a cat', negativePrompt: '', steps: 3, guidanceScale: 4, seed: 7, width: 64, height: 64 },
  sampler: 'ddim',
} as const;

async function several(count: number, dead: readonly string[]) {
  const own = [machine('tower'), machine('attic'), machine('cellar')];
  const { drawn, ...options } = elsewhere(own, dead);
  const page = openApiPage(options);
  // The context's clock stands still: rests and silences would never end.
  let nowMs = 0;
  const pause = (forMs: number) =>
    new Promise<void>((resolve) => setImmediate(() => resolve(void (nowMs += forMs))));
  const context = { ...page.app.context, deps: { ...page.app.context.deps, now: () => nowMs, pause } };
  const seeds: number[] = [];
  const wanted = { model: machineEntry(own[0]!), backend: 'auto', count, steps: 3 } as const;
  await makePictures(context, { ...wanted, plan: () => ({ settings }) }, new AbortController().signal, {
    onProgress: () => undefined,
    onPicture: ({ recipe, imageIndex }) => {
      seeds.push(recipe.settings.seed);
      expect(imageIndex).toBe(seeds.length - 1);
    },
  });
  return { seeds, hosts: new Set(drawn.map(({ host }) => host)) };
}

const sameSeeds = Array.from({ length: 9 }, (_, i) => settingsOfPicture(settings, i).seed);

test('several pictures are spread over all that help, with the seeds of one machine, and given out in order', async () => {
  const { seeds, hosts } = await several(9, []);
  expect(seeds).toEqual(sameSeeds);
  expect(hosts).toEqual(new Set(['tower.lan', 'attic.lan', 'cellar.lan']));
});

test('what a dead machine did not make, the others make; also when it was the chosen one', async () => {
  const { seeds, hosts } = await several(9, ['tower.lan']);
  expect(seeds).toEqual(sameSeeds);
  expect(hosts).toEqual(new Set(['attic.lan', 'cellar.lan']));
  await expect(several(3, ['tower.lan', 'attic.lan', 'cellar.lan'])).rejects.toThrow('cut');
});
