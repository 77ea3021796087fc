/** Pictures that another machine draws, over the adapters and a real server, as the rest of the page meets them. */
import { afterEach, expect, test } from 'vitest';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { MachineAddress, MachineCapabilities } from '../../engine/machine-protocol.ts';
import { a1111Server, type A1111Behaviour, type A1111Server } from '../../testing/machines/a1111-server.ts';
import { hordeServer } from '../../testing/machines/horde-server.ts';
import { machinesOver } from '../../testing/machines/machines-over.ts';
import { testTools } from '../../testing/machines/tools.ts';
import type { RunProgress } from '../engine/progress.ts';
import { machineEntry } from '../machines/machine-state.ts';
import type { OwnMachine } from '../machines/own-machines.ts';
import type { MadePicture } from './draw-pictures.ts';
import { makePictures } from './make-pictures.ts';
import { quotePicture } from './machine-engine.ts';
import type { MakingContext } from './making-context.ts';
import type { Source } from './picture-engine.ts';

const settings: ImageSettings = {
  prompt: 'a fox',
  negativePrompt: 'rain',
  steps: 20,
  guidanceScale: 7,
  seed: 7,
  width: 64,
  height: 64,
  sampler: 'euler',
  vae: 'own',
};

let server: A1111Server;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A page with one machine in its list, whose key is `hush`. */
async function page(behaviour: A1111Behaviour = {}, change: Partial<OwnMachine> = {}) {
  server = await a1111Server({ key: 'ann:hush', ...behaviour });
  closing.push(server.close);
  return pageWith({ kind: 'a1111', address: server.address, key: 'ann:hush' }, change);
}

async function pageWith(address: MachineAddress, change: Partial<OwnMachine> = {}) {
  const tools = testTools(address);
  const client = machinesOver(tools);
  const capabilities: MachineCapabilities = await client.call('capabilities', { machine: address });
  const machine: OwnMachine = {
    id: 'm1',
    kind: address.kind,
    name: 'The tower',
    address: address.address,
    agreed: true,
    model: null,
    capabilities,
    ...change,
  };
  const list = [machine];
  const state = { timings: {} };
  const context = {
    deps: {
      images,
      appName: 'Zoetrope test',
      now: () => 0,
      keepAwake: () => () => undefined,
      machines: {
        find: (id: string) => list.find((each) => each.id === id),
        address: () => address,
        helpers: () => [],
        open: () => Promise.resolve(client),
      },
    },
    store: {
      getState: () => state,
      setState: (next: (before: object) => object) => Object.assign(state, next(state)),
    },
  } as unknown as MakingContext;
  return { context, machine, list, state };
}

const grey = (width: number, height: number, value: number): RgbaImage => ({
  width,
  height,
  data: new Uint8ClampedArray(width * height * 4).fill(value),
});

/** The browser's part: what comes from the server is white, and everything else grey. */
const images = {
  encode: (image: RgbaImage) => Promise.resolve(new Blob([image.data.slice()])),
  decode: (file: Blob, { width, height }: { width: number; height: number }) =>
    Promise.resolve(grey(width, height, file.type === 'image/png' ? 255 : 100)),
  pngOfRows: () => {
    const rows: Uint8ClampedArray<ArrayBuffer>[] = [];
    return Promise.resolve({
      add: (image: RgbaImage) => void rows.push(image.data.slice()),
      file: () => Promise.resolve(new Blob(rows)),
    });
  },
};

async function make(
  { context, machine }: Awaited<ReturnType<typeof page>>,
  more: { count?: number; source?: Source; signal?: AbortSignal } = {},
) {
  const made: MadePicture[] = [];
  const told: RunProgress[] = [];
  const { count = 1, source = null, signal = new AbortController().signal } = more;
  const wanted = { model: machineEntry(machine), backend: 'auto', steps: 20, count, source } as const;
  await makePictures(context, { ...wanted, plan: () => ({ settings }) }, signal, {
    onProgress: ({ progress }) => void told.push(progress),
    onPicture: (picture) => void made.push(picture),
  });
  return { made, told };
}

test('several pictures come one by one with the seeds after the first, and each recipe tells what drew it', async () => {
  const here = await page();
  const { made, told } = await make(here, { count: 2 });
  expect(made.map(({ recipe }) => recipe.settings.seed)).toEqual([7, 8]);
  const { recipe } = made[0]!;
  expect(recipe).toMatchObject({
    machine: { kind: 'a1111' },
    model: { id: 'v1-5-pruned-emaonly.safetensors [6ce0161689]' },
    app: 'Zoetrope test',
  });
  expect(recipe.backend).toBeUndefined();
  const fractions = told.map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
});

test('no recipe holds the address, the key or the name of a machine', async () => {
  const { made } = await make(await page());
  const text = JSON.stringify(made[0]!.recipe);
  for (const secret of ['127.0.0.1', 'hush', 'm1', 'The tower']) expect(text).not.toContain(secret);
});

test('what the machine cannot do is neither sent nor told as done', async () => {
  const { made } = await make(await page());
  expect(made[0]!.recipe.settings.vae).toBeUndefined();
  expect(made[0]!.recipe.settings.negativePrompt).toBe('rain');
});

test('a seed that turned out to be another stands in the recipe', async () => {
  const { made } = await make(await page({ seed: 99 }));
  expect(made[0]!.recipe.settings.seed).toBe(99);
});

test('times are measured, for what is expected of it the next time', async () => {
  const here = await page();
  await make(here);
  expect(Object.keys(here.state.timings)).toEqual([expect.stringContaining('elsewhere 64x64')]);
});

test('nothing is sent to a machine that nobody has agreed to, nor to one that is gone', async () => {
  const here = await page({}, { agreed: false });
  const before = server.seen.length;
  await expect(make(here)).rejects.toMatchObject({ code: 'machine-unknown' });
  here.list.pop();
  await expect(make(here)).rejects.toMatchObject({ code: 'machine-unknown' });
  expect(server.seen).toHaveLength(before);
});

test('a source loses what its file tells beside its pixels', async () => {
  const source = { file: new Blob(['GPS 52.5 N']), strength: 0.5 };
  const { made } = await make(await page(), { source });
  const { body } = await server.request('POST', '/sdapi/v1/img2img');
  expect(atob((body['init_images'] as string[])[0]!)).not.toContain('GPS');
  expect(made[0]!.recipe.source).toEqual({ strength: 0.5 });
});

test('of a picture that is inpainted there, what the mask does not show stays to the byte', async () => {
  const mask = { width: 32, height: 16, data: new Uint8Array(32 * 16) };
  mask.data.fill(255, 0, 64);
  const inpaint = { content: 'original', area: 'whole', paddingPx: 0, featherPx: 0, mask } as const;
  const { made } = await make(await page(), { source: { file: new Blob(), strength: 0.5, inpaint } });
  const pixels = new Uint8Array(await made[0]!.file.arrayBuffer());
  expect(pixels).toHaveLength(32 * 16 * 4);
  expect(new Set(pixels.slice(0, 64 * 4))).toEqual(new Set([255]));
  expect(new Set(pixels.slice(64 * 4))).toEqual(new Set([100]));
  const { body } = await server.request('POST', '/sdapi/v1/img2img');
  expect(typeof body['mask']).toBe('string');
});

test('a cancel ends the run once the machine has been told', async () => {
  const here = await page({ stuck: true });
  const person = new AbortController();
  const run = make(here, { signal: person.signal });
  await server.request('POST', '/internal/progress');
  person.abort();
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  expect(server.interrupted()).toBe(1);
});

test('what a picture costs is asked without its prompt, which nobody has sent yet', async () => {
  const horde = await hordeServer({ key: 'mine' });
  closing.push(horde.close);
  const { context, machine } = await pageWith({ kind: 'horde', address: horde.address, key: 'mine' });
  const quote = await quotePicture(context, machineEntry(machine), settings, new AbortController().signal);
  expect(quote).toEqual({ kudos: 11, balance: 1234.5 });
  expect(JSON.stringify(horde.seen.map(({ body }) => body))).not.toMatch(/fox|rain/);
});
