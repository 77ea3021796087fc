/** What scripts ask for, made on other machines: they cannot tell the difference. */
import { expect, test } from 'vitest';
import { jsonOf, openApiPage } from '../../testing/api-page.ts';
import { contextWith, elsewhere, machine } from '../../testing/other-machines.ts';
import { settingsOfPicture } from '../../domain/diffusion/image-settings.ts';
import { machineEntry } from '../machines/machine-state.ts';
import { makePictures } from '../making/make-pictures.ts';

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
  const context = contextWith(options);
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
