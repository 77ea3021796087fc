import { describe, expect, test } from 'vitest';
import type { ModelEntry } from '../../domain/model/model.ts';
import { abortError } from '../../engine/rpc.ts';
import type { DeviceReport } from '../../engine/protocol.ts';
import { heldEngine, loadedModel } from '../../testing/held-engine.ts';
import type { ImageFiles } from '../making/making-context.ts';
import { createAppStore } from '../shell/app-store.ts';
import { prepareAhead } from './prepare.ts';

const builtIn: ModelEntry = {
  ref: { id: 'built-in', revision: 'r1', source: { kind: 'http', baseUrl: '', files: [] } },
  card: {
    name: 'Built-in',
    description: '',
    licence: 'MIT',
    defaults: { sampler: 'ddim', steps: 4, guidanceScale: 4, width: 256, height: 256 },
    sizeMultiple: 32,
    examples: [],
  },
};
const stored: ModelEntry = {
  ...builtIn,
  ref: { id: 'built-in', revision: 'r1', source: { kind: 'stored' } },
};

const gpu = (software: boolean): DeviceReport => ({
  webgpu: {
    status: 'available',
    vendor: 'test',
    architecture: 'test',
    description: '',
    software,
    shaderF16: true,
    subgroupMinSize: 32,
    maxBufferBytes: 2 ** 30,
    maxStorageBindingBytes: 2 ** 30,
  },
  wasm: { simd: true, threads: 1, isolated: false },
  cores: 1,
  memoryGb: null,
});

/** All that follows without anyone's doing. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A page whose idle moments the test decides on. */
function openPage(model = builtIn, isFrugal = false) {
  const held = heldEngine();
  const waiting: (() => void)[] = [];
  const app = createAppStore({
    models: [model],
    createEngine: (onCrash) => held.create(onCrash),
    storage: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
    images: {} as ImageFiles,
    appName: 'test',
    backendOverride: null,
    now: () => 0,
    random: () => 0,
    keepAwake: () => () => undefined,
    pause: () => Promise.resolve(),
    onPicture: () => undefined,
  });
  prepareAhead(app.context, { whenIdle: (work) => void waiting.push(work), isFrugal: () => isFrugal });
  const idle = () => waiting.splice(0).forEach((work) => work());
  /** What is called once the probe has answered; null where nothing is. */
  const prepared = async (report: DeviceReport) => {
    const asked = held.next('probe');
    idle();
    (await asked).resolve(report);
    return Promise.race([held.next('prepare'), settled().then(() => null)]);
  };
  return { ...app, held, idle, prepared, waits: () => waiting.length > 0 };
}

describe('sessions are made before anything is asked', () => {
  test('on a GPU, for the picture as the draft stands', async () => {
    const page = openPage();
    page.actions.edit({ height: 384, guidanceScale: 1 });
    const call = await page.prepared(gpu(false));
    expect(call!.params).toEqual({
      model: builtIn.ref,
      backend: 'auto',
      width: 256,
      height: 384,
      guidanceScale: 1,
    });
  });

  test('once for each size, and again for another', async () => {
    const page = openPage();
    (await page.prepared(gpu(false)))!.resolve({ ready: true });
    page.actions.edit({ prompt: 'a fox' });
    expect(page.waits()).toBe(false);
    page.actions.edit({ height: 384 });
    expect((await page.prepared(gpu(false)))!.params.height).toBe(384);
  });

  test('at the model’s own size while one is being typed', async () => {
    const page = openPage();
    page.actions.edit({ width: 2, guidanceScale: Number.NaN });
    const call = await page.prepared(gpu(false));
    expect(call!.params).toMatchObject({ width: 256, height: 256, guidanceScale: 4 });
  });

  test.each([
    ['gave way', (call: { resolve: (result: { ready: boolean }) => void }) => call.resolve({ ready: false })],
    ['was cancelled', (call: { reject: (error: unknown) => void }) => call.reject(abortError())],
  ])('again when it %s', async (_how, end) => {
    const page = openPage();
    end((await page.prepared(gpu(false)))!);
    await settled();
    page.actions.edit({ prompt: 'a fox' });
    expect(await page.prepared(gpu(false))).not.toBeNull();
  });

  test('not on the CPU, which compiles no shaders', async () => {
    expect(await openPage().prepared(gpu(true))).toBeNull();
    const page = openPage();
    page.actions.chooseBackend('wasm');
    expect(await page.prepared(gpu(false))).toBeNull();
  });

  test('not where every byte and watt counts', () => {
    const page = openPage(builtIn, true);
    page.actions.edit({ height: 384 });
    expect(page.waits()).toBe(false);
  });

  test('of a downloaded model only once the person has loaded it', async () => {
    const page = openPage(stored);
    page.idle();
    expect(page.held.starts).toBe(0);
    page.store.setState({ engine: { status: 'ready', model: loadedModel } });
    expect((await page.prepared(gpu(false)))!.params.model).toEqual(stored.ref);
  });

  test('not while something real is being done', async () => {
    const page = openPage();
    page.actions.warmUp();
    const load = await page.held.next('load');
    expect(load.params.ready).toEqual({ width: 256, height: 256, guidanceScale: 4 });
    page.idle();
    load.resolve(loadedModel);
    await settled();
    expect(await page.prepared(gpu(false))).not.toBeNull();
  });
});
