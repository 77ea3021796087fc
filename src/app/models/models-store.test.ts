import { beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import type { StoredModel } from '../../domain/model/stored-model.ts';
import type { DownloadEvent, ModelCalls, ModelWorker } from '../../engine/model-protocol.ts';
import { abortError } from '../../engine/rpc.ts';
import { heldEngine } from '../../testing/held-engine.ts';
import { createAppStore } from '../shell/app-store.ts';
import type { ModelsDeps } from './models-context.ts';
import { modelRows, type ModelsState } from './models-state.ts';
import { createModelsStore } from './models-store.ts';
import { inEnglish } from '../../testing/english.ts';
import type { ImageFiles } from '../making/making-context.ts';

const card = {
  name: 'Mini',
  description: '',
  licence: 'mit',
  defaults: { sampler: 'model', steps: 4, guidanceScale: 2, width: 128, height: 128 },
  sizeMultiple: 32,
  examples: [],
} as const;
const builtIn = {
  ref: { id: 'built-in', revision: 'r', source: { kind: 'http', baseUrl: '', files: [] } },
  card: { ...card, name: 'Built-in', defaults: { ...card.defaults, width: 256, height: 256 } },
} as const;
const plan: ModelPlan = {
  version: 1,
  id: 'someone/mini',
  revision: 'abc',
  origin: { kind: 'hub', hubUrl: 'https://hub', repository: 'someone/mini', revision: 'abc' },
  card,
  precision: null,
  files: [],
  filled: [],
  totalBytes: 1000,
  componentBytes: {},
};
const key = 'someone/mini@abc';
const ready: StoredModel = { plan, state: { kind: 'ready', storedAtMs: 1, lastUsedAtMs: null } };

/** One call of the weights' worker that waits for the test to answer it. */
interface Held {
  readonly params: unknown;
  emit(event: DownloadEvent): void;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

let library: StoredModel[];
let held: Map<string, Held>;
let goOnline: () => void;

beforeEach(() => {
  library = [];
  held = new Map();
  goOnline = () => undefined;
});

const worker: ModelWorker = {
  call: (name: keyof ModelCalls, params: unknown, options: Parameters<ModelWorker['call']>[2] = {}) => {
    if (name === 'listModels') return Promise.resolve({ models: library, storage: null });
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () => reject(abortError()));
      const emit = (event: DownloadEvent) => options.onEvent?.(event);
      held.set(name, { params, emit, resolve, reject });
    });
  },
  terminate: () => undefined,
};

function open(persistence?: ModelsDeps['persistence']) {
  const app = createAppStore({
    models: [builtIn],
    createEngine: (onCrash) => heldEngine().create(onCrash),
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
  const models = createModelsStore({
    app,
    createWorker: () => worker,
    persistence,
    onLibraryChange: () => undefined,
    onOnline: (listener) => (goOnline = listener),
  });
  const until = (isSo: (state: ModelsState) => boolean) =>
    new Promise<ModelsState>((resolve) => {
      const look = (state: ModelsState) => {
        if (!isSo(state)) return;
        stop();
        resolve(state);
      };
      const stop = models.store.subscribe(look);
      look(models.store.getState());
    });
  const call = async (name: keyof ModelCalls): Promise<Held> => {
    for (;;) {
      const found = held.get(name);
      if (found && held.delete(name)) return found;
      await new Promise((later) => setImmediate(later));
    }
  };
  return { app, ...models, until, call };
}

describe('a download', () => {
  test('tells its bytes, then the model is chosen and ready', async () => {
    const { app, actions, until, call } = open();
    actions.download(plan);
    const fetching = await call('downloadModel');
    fetching.emit({ kind: 'progress', loadedBytes: 400, totalBytes: 1000 });
    await until(({ work }) => work[key]?.kind === 'downloading' && work[key].loadedBytes === 400);
    library = [ready];
    fetching.resolve(ready);
    await until((state) => !state.work[key] && state.library.models.length === 1);
    expect(app.store.getState()).toMatchObject({ modelId: 'someone/mini', draft: { width: 128 } });
  });

  test('that is paused leaves no word of failure', async () => {
    const { actions, until, call } = open();
    actions.download(plan);
    await call('downloadModel');
    actions.pause(key);
    await until(({ work }) => work[key] === undefined);
  });

  test('that is cancelled goes when the sheet closes', async () => {
    const { actions, until, call } = open();
    actions.download(plan);
    await call('downloadModel');
    library = [{ plan, state: { kind: 'partial', loadedBytes: 5 } }];
    actions.cancel(key);
    await until(({ leaving }) => leaving.includes(key));
    void actions.removeLeaving();
    expect((await call('deleteModel')).params).toEqual({ id: plan.id, revision: plan.revision });
  });

  test('that waits tells why, and a failure keeps its plan for another try', async () => {
    const { actions, until, call } = open();
    actions.download(plan);
    const fetching = await call('downloadModel');
    fetching.emit({ kind: 'waiting', waitMs: 1000, error: { code: 'timed-out', message: 'busy' } });
    await until(({ work }) => work[key]?.kind === 'downloading' && work[key].waiting?.message === 'busy');
    fetching.reject(new AppError('storage-full', 'no room'));
    const { work } = await until((state) => state.work[key]?.kind === 'failed');
    expect(work[key]).toMatchObject({ error: { code: 'storage-full' }, plan: { id: plan.id } });
  });

  test('that lost the network goes on when it is back', async () => {
    const { actions, until, call } = open();
    actions.download(plan);
    (await call('downloadModel')).reject(new AppError('offline', 'no network'));
    await until(({ work }) => work[key]?.kind === 'failed');
    goOnline();
    await call('downloadModel');
  });

  test('is begun once, however often it is asked for', async () => {
    const { actions, call } = open();
    actions.download(plan);
    actions.download(plan);
    await call('downloadModel');
    expect(held.size).toBe(0);
  });
});

describe('the browser is asked to keep what is stored', () => {
  const asked = () => {
    let answer: (persisted: boolean) => void = () => undefined;
    let refuse: () => void = () => undefined;
    let times = 0;
    const persist = () => {
      times++;
      return new Promise<boolean>((resolve, reject) => {
        answer = resolve;
        refuse = () => reject(new TypeError('not here'));
      });
    };
    return {
      persistence: { persist, persisted: () => Promise.resolve(false) },
      times: () => times,
      answer: (persisted: boolean) => answer(persisted),
      refuse: () => refuse(),
    };
  };

  test('when a download begins, which does not wait for the answer', async () => {
    const { persistence, times, answer } = asked();
    const { actions, until, call } = open(persistence);
    actions.download(plan);
    actions.download(plan);
    await call('downloadModel');
    expect(times()).toBe(1);
    answer(true);
    expect((await until((state) => state.persisted === true)).work[key]?.kind).toBe('downloading');
  });

  test('when a folder is copied', async () => {
    const { persistence, times, answer } = asked();
    const { actions, until, call } = open(persistence);
    void actions.findInFolder('mini', []);
    (await call('inspectFolder')).resolve([plan]);
    await until(({ found }) => found.status === 'plans');
    expect(times()).toBe(0);
    actions.importPlan(plan);
    await call('importModel');
    expect(times()).toBe(1);
    answer(true);
    await until((state) => state.persisted === true);
  });

  test('and where it cannot be asked, the download goes on', async () => {
    const { persistence, refuse } = asked();
    const { actions, until, call } = open(persistence);
    actions.download(plan);
    const fetching = await call('downloadModel');
    refuse();
    library = [ready];
    fetching.resolve(ready);
    await until((state) => !state.work[key] && state.library.models.length === 1);
  });
});

test('a model that runs from memory is chosen and is not in the library', () => {
  const { app, actions, store } = open();
  actions.runFromMemory(plan);
  expect(app.store.getState().modelId).toBe('someone/mini');
  expect(store.getState().library.models).toEqual([]);
});

test('a chosen model that another tab deleted gives way to the built-in one', async () => {
  library = [ready];
  const { app, actions, until } = open();
  await until((state) => state.library.models.length === 1);
  actions.choose(ready);
  expect(app.store.getState().modelId).toBe('someone/mini');
  library = [];
  await actions.refresh();
  expect(app.store.getState().modelId).toBe('built-in');
  expect(inEnglish(app.store.getState().toasts[0]!.message)).toContain('Mini is no longer in this browser');
});

test('of two searches only the later counts', async () => {
  const { actions, until, call } = open();
  void actions.findOnHub('someone/first');
  await call('inspectRepository');
  void actions.findOnHub('someone/mini');
  (await call('inspectRepository')).resolve([plan]);
  const { found } = await until((state) => state.found.status === 'plans');
  expect(found).toMatchObject({ plans: [{ id: 'someone/mini' }] });
});

test('a partial model is offered on the row of its catalogue entry', () => {
  const tiny = { ...plan, id: 'RanaLLC/tiny-sd-onnx-fp16' };
  const rows = modelRows({
    library: { models: [{ plan: tiny, state: { kind: 'partial', loadedBytes: 1 } }], storage: null },
  });
  expect(rows.find((row) => row.key === 'tiny-sd-fp16')?.stored?.plan.id).toBe(tiny.id);
  expect(rows).toHaveLength(3);
});
