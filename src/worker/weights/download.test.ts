import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as layouts from '../../testing/hub/models.ts';
import { startHub, type HubServer } from '../../testing/hub/server.ts';
import { AppError } from '../../domain/errors.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import type { DownloadEvent } from '../../engine/model-protocol.ts';
import { fakeNavigator, fakeTabs, fastClock, newRecords } from '../../testing/fake-browser.ts';
import { downloadModel, type DownloadDeps } from './download.ts';
import type { RecordStore } from './idb.ts';
import { inspectRepository } from './inspect.ts';
import { memoryModelFiles } from './memory-files.ts';
import { hubRepair, verifyModel } from './repair.ts';
import { deleteModel, readLibrary } from './library.ts';
import { storedModelFiles } from './stored-files.ts';

let hub: HubServer;
let endFaults: (() => void)[] = [];
const fault = (...args: Parameters<HubServer['fault']>) => endFaults.push(hub.fault(...args));

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.close());
beforeEach(() => fakeNavigator());
afterEach(() => {
  for (const end of endFaults) end();
  endFaults = [];
  hub.speed(null);
  vi.unstubAllGlobals();
});

const never = () => new AbortController().signal;
const hubDeps = () => ({ fetch, clock: fastClock(), signal: never() });
const failure = (code: string, words = /./) =>
  expect.objectContaining({ code, message: expect.stringMatching(words) as string }) as Error;

let published = 0;
function publish(files: layouts.Files, changes: { licence?: string; gated?: boolean } = {}): string {
  const repository = `owner/model-${++published}`;
  hub.publish(repository, { files, ...changes });
  return repository;
}

const inspect = (repository: string, folder = '', revision = 'main') =>
  inspectRepository({ repository, folder, revision, hubUrl: hub.hubUrl }, hubDeps());

async function planOf(files: layouts.Files, folder = ''): Promise<ModelPlan> {
  const [plan] = await inspect(publish(files), folder);
  return plan!;
}

const newDeps = (tabs = fakeTabs()()): DownloadDeps => ({
  records: newRecords(),
  tabs,
  clock: fastClock(),
  fetch,
});

const download = (
  plan: ModelPlan,
  deps: DownloadDeps,
  changes: { signal?: AbortSignal; onEvent?: (event: DownloadEvent) => void } = {},
) => downloadModel(plan, deps, { parallel: 2, signal: never(), onEvent: () => undefined, ...changes });

describe('what a repository holds', () => {
  test('a plan names commit, licence, sizes and hashes, over several pages of the list', async () => {
    const repository = publish(layouts.miniature, { licence: 'creativeml-openrail-m' });
    const [plan, ...more] = await inspect(repository);
    expect(more).toEqual([]);
    expect(plan).toMatchObject({
      id: repository,
      card: { licence: 'creativeml-openrail-m', sizeMultiple: 32 },
    });
    expect(plan!.revision).toMatch(/^[0-9a-f]{40}$/);
    expect(plan!.files).toHaveLength(layouts.miniature.size);
    const unet = plan!.files.find(({ path }) => path === 'unet/model.onnx')!.source;
    expect(unet.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(hub.requests.filter(({ at }) => at === 'tree').length).toBeGreaterThan(1);
  });

  test('three folders are three plans', async () => {
    const plans = await inspect(publish(layouts.threeFolders));
    expect(plans.map(({ id }) => id.split(':')[1])).toEqual([
      'tiny-sd-web',
      'tiny-sd-web-fp16',
      'tiny-sd-web-q4f16',
    ]);
  });

  test('weights are one plan: the smallest variant of each part, without the safety checker', async () => {
    const [plan] = await inspect(publish(layouts.variants));
    const weights = plan!.files.map(({ path }) => path).filter((path) => /safetensors|bin$/.test(path));
    expect(plan).toMatchObject({ form: 'weights', precision: null });
    expect(weights).toEqual([
      'text_encoder/model.fp16.safetensors',
      'unet/diffusion_pytorch_model.fp16.safetensors',
      'vae/diffusion_pytorch_model.fp16.safetensors',
    ]);
    expect(Object.keys(plan!.componentBytes)).toEqual(['text_encoder', 'unet', 'vae_decoder']);
  });

  test('a model of the catalogue gets its card and the files that its repository leaves out', async () => {
    hub.publish('RanaLLC/tiny-sd-onnx-fp16', { files: layouts.bare });
    const [plan] = await inspect('RanaLLC/tiny-sd-onnx-fp16');
    expect(plan!.card).toMatchObject({ name: 'Tiny SD', defaults: { steps: 25, guidanceScale: 7 } });
    expect(plan!.filled.map(({ path }) => path)).toContain('scheduler/scheduler_config.json');
  });

  test.each([
    ['weights for JAX', layouts.flax, 'model-unsupported', /another runtime/],
    ['SDXL', layouts.sdxl, 'model-unsupported', /Stable Diffusion XL/],
    ['Flux', layouts.flux, 'model-unsupported', /Flux/],
    ['no UNet', layouts.withoutUnet, 'model-incomplete', /lacks unet\/model\.onnx or its weights/],
    [
      'no pipeline',
      new Map([['README.md', Buffer.from('#')]]),
      'model-incomplete',
      /no Stable Diffusion pipeline/,
    ],
    ['no scheduler, unknown family', layouts.bare, 'model-incomplete', /scheduler/],
  ])('%s is refused with the reason', async (_name, files, code, words) => {
    await expect(inspect(publish(files))).rejects.toThrow(failure(code, words));
  });

  test('a repository that does not exist, and a revision that is gone', async () => {
    await expect(inspect('owner/nothing')).rejects.toThrow(failure('hub-not-found'));
    await expect(inspect(publish(layouts.miniature), '', 'gone')).rejects.toThrow(
      failure('hub-not-found', /gone/),
    );
  });

  test('a gated repository', async () => {
    const repository = publish(layouts.miniature, { gated: true });
    await expect(inspect(repository)).rejects.toThrow(failure('hub-gated', /restricted/));
  });

  test('a web page instead of a list is told as an answer that makes no sense', async () => {
    fault({ at: 'tree', does: { kind: 'status', status: 200, headers: { 'content-type': 'text/html' } } });
    await expect(inspect(publish(layouts.miniature))).rejects.toThrow(
      failure('download-failed', /understood/),
    );
  });

  test('a hub that is busy for a moment is asked again', async () => {
    fault({ at: 'info', times: 2, does: { kind: 'status', status: 503 } });
    fault({ at: 'tree', times: 1, does: { kind: 'status', status: 429 } });
    await expect(inspect(publish(layouts.miniature))).resolves.toHaveLength(1);
  });
});

describe('a download', () => {
  test.each([
    ['complete', layouts.miniature, ''],
    ['in a folder', layouts.threeFolders, 'tiny-sd-web-fp16'],
    ['with external data', layouts.sideBySide, ''],
  ])('%s is afterwards in storage, byte for byte', async (_name, files, folder) => {
    const plan = await planOf(files, folder);
    const deps = newDeps();
    const stored = storedModelFiles(deps.records, await download(plan, deps));
    for (const { path, source } of plan.files) {
      expect(Buffer.from(await stored.readBytes(path)).equals(files.get(source.path)!), path).toBe(true);
    }
    const [model] = (await readLibrary(deps.records)).models;
    expect(model).toMatchObject({ plan: { id: plan.id }, state: { kind: 'ready' } });
  });

  test('progress only grows and ends at the total', async () => {
    const plan = await planOf(layouts.miniature);
    const events: DownloadEvent[] = [];
    await download(plan, newDeps(), { onEvent: (event) => events.push(event) });
    const loaded = events.flatMap((event) => (event.kind === 'progress' ? [event.loadedBytes] : []));
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
    expect(loaded.at(-1)).toBe(plan.totalBytes);
  });

  test('files that were filled in are read like the others', async () => {
    hub.publish('RanaLLC/tiny-sd-onnx-fp16', { files: layouts.bare });
    const [plan] = await inspect('RanaLLC/tiny-sd-onnx-fp16');
    const deps = newDeps();
    const stored = storedModelFiles(deps.records, await download(plan!, deps));
    expect(JSON.parse(await stored.readText('scheduler/scheduler_config.json'))).toMatchObject({
      _class_name: 'DPMSolverMultistepScheduler',
    });
    expect(stored.list().map(({ path }) => path)).toContain('scheduler/scheduler_config.json');
  });

  test('pausing keeps what came, and nothing counts as a model until it is whole', async () => {
    const plan = await planOf(layouts.miniature);
    const deps = newDeps();
    const pause = new AbortController();
    const paused = download(plan, deps, {
      signal: pause.signal,
      onEvent: (event) => event.kind === 'progress' && event.loadedBytes > 300_000 && pause.abort(),
    });
    await expect(paused).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
    const [partial] = (await readLibrary(deps.records)).models;
    expect(partial!.state.kind).toBe('partial');

    const before = hub.requests.length;
    await download(plan, deps);
    const again = hub.requests.slice(before).filter(({ at }) => at === 'bytes');
    expect(again.length).toBeLessThan(plan.files.length);
    expect((await readLibrary(deps.records)).models.map(({ state }) => state.kind)).toEqual(['ready']);
  });

  test('weights that nobody uploaded are missed before the large files are fetched', async () => {
    const files = new Map([...layouts.miniature, ...layouts.withoutData]);
    const plan = await planOf(files);
    await expect(download(plan, newDeps())).rejects.toThrow(failure('model-incomplete', /model\.onnx_data/));
  });

  test('a full disk is told before anything is fetched', async () => {
    fakeNavigator({ quotaBytes: 1e6, usageBytes: 9e5 });
    const plan = await planOf(layouts.miniature);
    const before = hub.requests.length;
    await expect(download(plan, newDeps())).rejects.toThrow(failure('storage-full'));
    expect(hub.requests.slice(before)).toEqual([]);
  });

  test('a disk that is full all the same leaves a download that can go on', async () => {
    const plan = await planOf(layouts.miniature);
    const deps = newDeps();
    let roomForWrites = 9;
    const filling: RecordStore = {
      ...deps.records,
      setMany: (entries) =>
        --roomForWrites < 0
          ? Promise.reject(new AppError('storage-full', 'no room'))
          : deps.records.setMany(entries),
    };
    await expect(download(plan, { ...deps, records: filling })).rejects.toThrow(failure('storage-full'));
    expect((await readLibrary(deps.records)).models[0]!.state.kind).toBe('partial');
    await download(plan, deps);
    expect((await readLibrary(deps.records)).models[0]!.state.kind).toBe('ready');
  });

  test('a model that is pinned to its commit does not change when its branch moves on', async () => {
    const repository = publish(layouts.miniature);
    const [plan] = await inspect(repository);
    hub.publish(repository, { files: new Map([...layouts.miniature, ['unet/model.onnx', Buffer.alloc(5)]]) });
    const deps = newDeps();
    const stored = storedModelFiles(deps.records, await download(plan!, deps));
    expect(await stored.readBytes('unet/model.onnx')).toHaveLength(
      layouts.miniature.get('unet/model.onnx')!.length,
    );
  });

  test('a repository that is taken away while it is fetched is told as such', async () => {
    const repository = publish(layouts.miniature);
    const [plan] = await inspect(repository);
    hub.remove(repository);
    await expect(download(plan!, newDeps())).rejects.toThrow(failure('hub-not-found'));
  });
});

describe('two tabs', () => {
  test('share one download: every file is fetched once, and the second follows the first', async () => {
    const plan = await planOf(layouts.miniature);
    const newTab = fakeTabs();
    const records = newRecords();
    hub.speed(20_000_000);
    const before = hub.requests.length;
    const contents = new Set(plan.files.map(({ source }) => source.sha256 ?? source.gitOid));
    const followed: DownloadEvent[] = [];
    const first = download(plan, { ...newDeps(newTab()), records });
    const second = download(
      plan,
      { ...newDeps(newTab()), records },
      { onEvent: (event) => followed.push(event) },
    );
    await Promise.all([first, second]);
    expect(hub.requests.slice(before).filter(({ at }) => at === 'bytes')).toHaveLength(contents.size);
    expect(followed.map(({ kind }) => kind)).toContain('elsewhere');
  });

  test('when the first is closed, the second goes on from there', async () => {
    const plan = await planOf(layouts.miniature);
    const newTab = fakeTabs();
    const records = newRecords();
    const close = new AbortController();
    const first = download(
      plan,
      { ...newDeps(newTab()), records },
      {
        signal: close.signal,
        onEvent: (event) => event.kind === 'progress' && event.loadedBytes > 300_000 && close.abort(),
      },
    );
    const second = download(plan, { ...newDeps(newTab()), records });
    await expect(first).rejects.toThrow();
    await expect(second).resolves.toMatchObject({ version: 1 });
  });
});

describe('models that share files', () => {
  test('share their bytes, and deleting one leaves the other whole', async () => {
    const deps = newDeps();
    const one = await planOf(layouts.miniature);
    const changed = new Map([
      ...layouts.miniature,
      ['unet/config.json', Buffer.from('{"block_out_channels":[1,2,3]}')],
    ]);
    const two = await planOf(changed);
    await download(one, deps);
    const before = hub.requests.length;
    const manifest = await download(two, deps);
    expect(
      hub.requests
        .slice(before)
        .filter(({ at }) => at === 'bytes')
        .map(({ path }) => path),
    ).toEqual(['unet/config.json']);

    await deleteModel(deps.records, deps.tabs, one);
    expect((await readLibrary(deps.records)).models.map(({ plan }) => plan.id)).toEqual([two.id]);
    const stored = storedModelFiles(deps.records, manifest);
    for (const { path } of two.files) await stored.readBytes(path);

    await deleteModel(deps.records, deps.tabs, two);
    expect(await deps.records.keys('')).toEqual([]);
  });

  test('a model that is being fetched cannot be deleted', async () => {
    const deps = newDeps();
    const plan = await planOf(layouts.miniature);
    const running = download(plan, deps);
    await expect(deleteModel(deps.records, deps.tabs, plan)).rejects.toThrow(
      failure('storage-failed', /fetched/),
    );
    await running;
  });
});

describe('damage on disk', () => {
  async function damaged() {
    const deps = newDeps();
    const plan = await planOf(layouts.miniature);
    const manifest = await download(plan, deps);
    const { key, sizeBytes } = manifest.files.find(({ path }) => path === 'unet/model.onnx')!;
    await deps.records.setMany([[`chunk:${key}:00000`, new ArrayBuffer(sizeBytes)]]);
    return { deps, plan, manifest };
  }
  const verify = (deps: DownloadDeps, plan: ModelPlan) =>
    verifyModel(deps.records, plan, hubDeps(), () => undefined);

  test('is found when the file is read, and without the hub it is told', async () => {
    const { deps, manifest } = await damaged();
    const files = storedModelFiles(deps.records, manifest);
    await expect(files.readBytes('unet/model.onnx')).rejects.toThrow(
      failure('file-corrupt', /changed on disk/),
    );
  });

  test('is fetched again alone, when the file is read', async () => {
    const { deps, plan, manifest } = await damaged();
    const files = storedModelFiles(deps.records, manifest, hubRepair(deps.records, plan, hubDeps()));
    const before = hub.requests.length;
    const unet = await files.readBytes('unet/model.onnx');
    expect(Buffer.from(unet).equals(layouts.miniature.get('unet/model.onnx')!)).toBe(true);
    expect(
      hub.requests
        .slice(before)
        .filter(({ at }) => at === 'bytes')
        .map(({ path }) => path),
    ).toEqual(['unet/model.onnx']);
  });

  test('is found and put right by a check', async () => {
    const { deps, plan } = await damaged();
    expect(await verify(deps, plan)).toEqual({ damagedFiles: [], repairedChunks: 1 });
    expect(await verify(deps, plan)).toEqual({ damagedFiles: [], repairedChunks: 0 });
  });

  test('that cannot be put right is told by name', async () => {
    const { deps, plan } = await damaged();
    hub.remove(plan.id);
    expect(await verify(deps, plan)).toEqual({ damagedFiles: ['unet/model.onnx'], repairedChunks: 0 });
  });
});

test('a model can be run from memory, and leaves nothing behind', async () => {
  const plan = await planOf(layouts.sideBySide);
  const files = memoryModelFiles(plan, { fetch, clock: fastClock() });
  let toldBytes = 0;
  const unet = await files.readBytes('unet/model_fp16.onnx_data', (bytes) => (toldBytes += bytes));
  expect(Buffer.from(unet).equals(layouts.sideBySide.get('unet/model_fp16.onnx_data')!)).toBe(true);
  expect(toldBytes).toBe(unet.length);
  const before = hub.requests.length;
  expect(await files.readBytes('unet/model_fp16.onnx_data')).toBe(unet);
  expect(hub.requests).toHaveLength(before);
});
