import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as layouts from '../../testing/hub/models.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import type { PickedFile } from '../../engine/model-protocol.ts';
import { fakeNavigator, fakeTabs, fastClock, newRecords } from '../../testing/fake-browser.ts';
import { exportModel, exportName, importModel, inspectFolder, type FolderDeps } from './folder.ts';
import { readLibrary } from './library.ts';
import { storedModelFiles } from './stored-files.ts';

beforeEach(() => fakeNavigator());
afterEach(() => vi.unstubAllGlobals());

const nothing = () => undefined;
const pickedFrom = (files: layouts.Files): PickedFile[] =>
  [...files].map(([path, bytes]) => ({
    path,
    file: new File([new Uint8Array(bytes)], path.split('/').at(-1)!, { lastModified: 1 }),
  }));

const newDeps = (): FolderDeps => ({
  records: newRecords(),
  tabs: fakeTabs()(),
  clock: fastClock(),
  signal: new AbortController().signal,
});

const failure = (code: string, words = /./) =>
  expect.objectContaining({ code, message: expect.stringMatching(words) as string }) as Error;

async function onlyPlan(files: layouts.Files): Promise<ModelPlan> {
  const [plan] = await inspectFolder('my model', pickedFrom(files));
  return plan!;
}

/** The part of a directory handle that an export uses. */
class FakeFolder {
  readonly files = new Map<string, Buffer>();
  readonly prefix: string;
  constructor(prefix = '', files?: Map<string, Buffer>) {
    this.prefix = prefix;
    if (files) this.files = files;
  }
  getDirectoryHandle(name: string): Promise<FakeFolder> {
    return Promise.resolve(new FakeFolder(`${this.prefix}${name}/`, this.files));
  }
  getFileHandle(name: string) {
    const parts: Buffer[] = [];
    const close = () => Promise.resolve(void this.files.set(`${this.prefix}${name}`, Buffer.concat(parts)));
    const write = (bytes: Uint8Array) => Promise.resolve(void parts.push(Buffer.from(bytes)));
    const abort = () => Promise.resolve();
    return Promise.resolve({ createWritable: () => Promise.resolve({ write, close, abort }) });
  }
}

describe('a folder on disk', () => {
  test('becomes a stored model, byte for byte, named after the folder and its state', async () => {
    const deps = newDeps();
    const plan = await onlyPlan(layouts.sideBySide);
    expect(plan.id).toBe('local:my model#fp16');
    expect(plan.revision).toMatch(/^[0-9a-f]{12}$/);
    const manifest = await importModel(plan, pickedFrom(layouts.sideBySide), deps, nothing);
    const stored = storedModelFiles(deps.records, manifest);
    for (const { path, source } of plan.files) {
      const bytes = Buffer.from(await stored.readBytes(path));
      expect(bytes.equals(layouts.sideBySide.get(source.path)!), path).toBe(true);
    }
  });

  test.each([
    ['a folder without a UNet', layouts.withoutUnet, 'model-incomplete', /unet\/model\.onnx/],
    ['a folder of SDXL', layouts.sdxl, 'model-unsupported', /XL/],
    ['an empty folder', new Map<string, Buffer>(), 'model-incomplete', /no Stable Diffusion/],
  ])('%s is refused with the reason', async (_name, files, code, words) => {
    await expect(onlyPlan(files)).rejects.toThrow(failure(code, words));
  });

  test('a cancelled copy leaves nothing', async () => {
    const cancel = new AbortController();
    const deps = { ...newDeps(), signal: cancel.signal };
    const plan = await onlyPlan(layouts.miniature);
    const copying = importModel(plan, pickedFrom(layouts.miniature), deps, () => cancel.abort());
    await expect(copying).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
    expect(await deps.records.keys('')).toEqual([]);
  });

  test('a full disk is told before anything is copied', async () => {
    fakeNavigator({ quotaBytes: 1000 });
    const deps = newDeps();
    const plan = await onlyPlan(layouts.miniature);
    await expect(importModel(plan, pickedFrom(layouts.miniature), deps, nothing)).rejects.toThrow(
      failure('storage-full'),
    );
  });
});

describe('an export', () => {
  async function exported() {
    const deps = newDeps();
    const plan = { ...(await onlyPlan(layouts.sideBySide)), id: 'owner/name#fp16', revision: 'abc' };
    await importModel(plan, pickedFrom(layouts.sideBySide), deps, nothing);
    const folder = new FakeFolder();
    await exportModel(plan, folder as unknown as FileSystemDirectoryHandle, deps, nothing);
    return { plan, files: folder.files };
  }

  test('lies in the plain layout', async () => {
    const { plan, files } = await exported();
    expect([...files.keys()].sort()).toEqual([...plan.files.map(({ path }) => path), exportName].sort());
  });

  test('comes back elsewhere as the model that it was', async () => {
    const { plan, files } = await exported();
    const again = await inspectFolder('copy', pickedFrom(files));
    expect(again[0]).toMatchObject({ id: plan.id, revision: plan.revision, card: plan.card });
    const deps = newDeps();
    await importModel(again[0]!, pickedFrom(files), deps, nothing);
    expect((await readLibrary(deps.records)).models).toMatchObject([
      { plan: { id: plan.id }, state: { kind: 'ready' } },
    ]);
  });

  test('that was damaged on the way is noticed', async () => {
    const { files } = await exported();
    const unet = files.get('unet/model_fp16.onnx_data')!;
    unet[1000]! ^= 1;
    const [plan] = await inspectFolder('copy', pickedFrom(files));
    const deps = newDeps();
    await expect(importModel(plan!, pickedFrom(files), deps, nothing)).rejects.toThrow(
      failure('file-corrupt', /hash/),
    );
    expect(await deps.records.keys('')).toEqual([]);
    files.set('unet/model_fp16.onnx_data', unet.subarray(1));
    await expect(inspectFolder('copy', pickedFrom(files))).rejects.toThrow(
      failure('model-incomplete', /unet/),
    );
  });
});
