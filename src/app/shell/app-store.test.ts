import { beforeEach, expect, test } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import type { FoundRecipe } from '../../domain/recipe/found-recipe.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { RestoredSettings } from '../../domain/recipe/told.ts';
import { inEnglish } from '../../testing/english.ts';
import { heldEngine, loadedModel, pictureEvents, type HeldCall } from '../../testing/held-engine.ts';
import type { AppDeps } from './app-context.ts';
import type { AppState } from './app-state.ts';
import { createAppStore } from './app-store.ts';
import { localKeys } from '../../engine/stored-names.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import type { ImageFiles } from '../making/making-context.ts';

const model: ModelEntry = {
  ref: { id: 'built-in', revision: 'r1', source: { kind: 'stored' } },
  card: {
    name: 'Built-in',
    description: 'Small.',
    licence: 'MIT',
    defaults: { sampler: 'ddim', steps: 4, guidanceScale: 4, width: 256, height: 256 },
    sizeMultiple: 32,
    examples: [],
  },
};

let items: Map<string, string>;
let urls: Set<string>;
let held: ReturnType<typeof heldEngine>;
let nowMs: number;
/** What `readRecipe` finds, by the file's text. */
let recipes: Map<string, FoundRecipe>;

beforeEach(() => {
  items = new Map();
  urls = new Set();
  held = heldEngine();
  nowMs = 0;
  recipes = new Map();
});

const images: ImageFiles = {
  encode: (_image, recipe) => Promise.resolve(new Blob([JSON.stringify(recipe)])),
  pngOfRows: () => Promise.reject(new Error('not asked for')),
  measure: async (file) => {
    if ((await file.text()) === 'no picture') throw new AppError('not-an-image', 'cannot be read');
    return { width: 64, height: 32 };
  },
  decode: (_file, { width, height }) =>
    Promise.resolve({ width, height, data: new Uint8ClampedArray(width * height * 4) }),
  readRecipe: async (file) => recipes.get(await file.text()) ?? null,
  createUrl: () => {
    const url = `blob:${urls.size + 1}`;
    urls.add(url);
    return url;
  },
  revokeUrl: (url) => void urls.delete(url),
};

function openApp(change: Partial<AppDeps> = {}) {
  const random = [0.25, 0.5, 0.75];
  const app = createAppStore({
    models: [model],
    createEngine: (onCrash) => held.create(onCrash),
    storage: {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    },
    images,
    appName: 'Zoetrope test',
    backendOverride: null,
    now: () => nowMs,
    random: () => random.shift() ?? 0,
    keepAwake: () => () => undefined,
    pause: () => Promise.resolve(),
    onPicture: () => undefined,
    ...change,
  });
  const until = (ready: (state: AppState) => boolean) =>
    new Promise<AppState>((resolve) => {
      const look = (state: AppState) => {
        if (!ready(state)) return;
        stop();
        resolve(state);
      };
      const stop = app.store.subscribe(look);
      look(app.store.getState());
    });
  return { ...app, until, state: () => app.store.getState() };
}

const toldBy = (settings: Partial<ImageSettings>, more: Partial<RestoredSettings> = {}): FoundRecipe => ({
  kind: 'restored',
  text: 'as it stands',
  tool: 'AUTOMATIC1111',
  settings,
  unreadable: {},
  notes: [],
  ...more,
});

type App = ReturnType<typeof openApp>;
const ended = ({ run }: AppState) => ['done', 'failed', 'cancelled'].includes(run.status);

function answerAll(call: HeldCall<'generate'>): void {
  for (let index = 0; index < call.params.count; index++) {
    for (const event of pictureEvents(call.params, index)) call.emit(event);
  }
  call.resolve({ backend: 'wasm' });
}

async function makePictures(app: App, prompt = 'a beach') {
  app.actions.edit({ prompt });
  expect(app.actions.generate()).toEqual({});
  (await held.next('load')).resolve(loadedModel);
  const call = await held.next('generate');
  answerAll(call);
  await app.until(ended);
  return call.params;
}

test('a prompt becomes a picture with its recipe, and the large frame shows it', async () => {
  const app = openApp();
  const params = await makePictures(app, '  a beach ');
  expect(params.settings.prompt).toBe('a beach');
  const { pictures, view, run } = app.state();
  expect(run.status).toBe('done');
  expect(pictures[0]?.recipe).toEqual({
    version: 1,
    kind: 'image',
    settings: params.settings,
    model: { id: 'built-in', revision: 'r1' },
    backend: 'wasm',
    app: 'Zoetrope test',
  });
  expect(view).toEqual({ kind: 'picture', id: pictures[0]?.id });
  expect(await app.actions.pictureFile(pictures[0]!.id)?.text()).toContain('a beach');
});

test('several pictures have the seeds after the first, and each comes as soon as it is done', async () => {
  const app = openApp();
  app.actions.edit({ prompt: 'a beach', count: 3, seed: 7, seedLocked: true });
  app.actions.generate();
  (await held.next('load')).resolve(loadedModel);
  const call = await held.next('generate');
  for (const event of pictureEvents(call.params, 0)) call.emit(event);
  const early = await app.until((state) => state.pictures.length === 1);
  expect(early.run.status).toBe('running');
  for (const index of [1, 2]) for (const event of pictureEvents(call.params, index)) call.emit(event);
  call.resolve({ backend: 'wasm' });
  const { pictures, run } = await app.until(ended);
  expect(pictures.map((picture) => picture.recipe.settings.seed)).toEqual([9, 8, 7]);
  expect(run.status === 'done' && run.pictureIds).toHaveLength(3);
});

test('an unlocked seed is drawn anew for each run; a locked one stays', async () => {
  const app = openApp();
  const first = await makePictures(app);
  const second = await makePictures(app);
  expect([first.settings.seed, second.settings.seed]).toEqual([2 ** 30, 2 ** 31]);
  app.actions.edit({ seedLocked: true });
  expect((await makePictures(app)).settings.seed).toBe(2 ** 31);
  app.actions.rollSeed();
  expect(app.state().draft).toMatchObject({ seed: 0.75 * 2 ** 32, seedLocked: true });
});

test('what is wrong is told by field, and no run begins', () => {
  const app = openApp();
  app.actions.edit({ steps: 0, width: 250 });
  const problems = app.actions.generate();
  expect(Object.keys(problems).sort()).toEqual(['prompt', 'size', 'steps']);
  expect(problems.size?.nearest).toEqual({ width: 256, height: 256 });
  expect(app.state()).toMatchObject({ run: { status: 'idle' }, submitted: true });
  expect(held.starts).toBe(0);
});

test('a cancelled run keeps the pictures it finished, is no failure, and the next one works', async () => {
  const app = openApp();
  app.actions.edit({ prompt: 'a beach', count: 2 });
  app.actions.generate();
  (await held.next('load')).resolve(loadedModel);
  const call = await held.next('generate');
  for (const event of pictureEvents(call.params, 0)) call.emit(event);
  await app.until((state) => state.pictures.length === 1);
  app.actions.cancel();
  expect(call.aborted()).toBe(true);
  const { run, pictures, view } = await app.until(ended);
  expect(run).toEqual({ status: 'cancelled' });
  expect(view).toEqual({ kind: 'picture', id: pictures[0]?.id });
  await makePictures(app);
  expect(app.state().run.status).toBe('done');
});

test('after a failure the same run can be tried again', async () => {
  const app = openApp();
  app.actions.edit({ prompt: 'a beach' });
  app.actions.generate();
  (await held.next('load')).reject(new AppError('download-failed', 'no answer'));
  const failed = await app.until(ended);
  expect(failed.run).toMatchObject({ status: 'failed', error: { code: 'download-failed' } });
  app.actions.retry();
  (await held.next('load')).resolve(loadedModel);
  answerAll(await held.next('generate'));
  await app.until((state) => state.run.status === 'done');
  expect(app.state().pictures).toHaveLength(1);
});

test('after a crash the next run starts a fresh worker', async () => {
  const app = openApp();
  app.actions.edit({ prompt: 'a beach' });
  app.actions.generate();
  (await held.next('load')).resolve(loadedModel);
  const call = await held.next('generate');
  const crash = new AppError('worker-crashed', 'the worker died');
  held.crash(crash);
  call.reject(crash);
  const { run } = await app.until(ended);
  expect(run).toMatchObject({ status: 'failed', error: { code: 'worker-crashed' } });
  app.actions.retry();
  (await held.next('load')).resolve(loadedModel);
  answerAll(await held.next('generate'));
  await app.until((state) => state.run.status === 'done');
  expect(held.starts).toBe(2);
});

test('a failed warm-up does not stop the run behind it', async () => {
  const app = openApp();
  app.actions.warmUp();
  app.actions.warmUp();
  const load = await held.next('load');
  app.actions.edit({ prompt: 'a beach' });
  app.actions.generate();
  load.reject(new AppError('download-failed', 'no answer'));
  (await held.next('load')).resolve(loadedModel);
  answerAll(await held.next('generate'));
  await app.until((state) => state.run.status === 'done');
});

test('time left comes from the times that this device took before', async () => {
  const app = openApp();
  await makePictures(app);
  const other = openApp();
  other.actions.edit({ prompt: 'a beach' });
  other.actions.generate();
  expect(other.state().run).toMatchObject({ expectedEndMs: null });
  nowMs = 5000;
  (await held.next('load')).resolve(loadedModel);
  const call = await held.next('generate');
  const { run } = other.state();
  expect(run.status === 'running' && run.expectedEndMs).toBe(5000 + 4 * 100 + 40);
  answerAll(call);
  await other.until(ended);
});

test('draft and preferences survive a reload; a damaged record does not stop the page', () => {
  const app = openApp();
  app.actions.edit({ prompt: 'half a thought', guidanceScale: 0, steps: NaN });
  app.actions.prefer({ theme: 'dark' });
  const again = openApp().state();
  expect(again.draft).toMatchObject({ prompt: 'half a thought', guidanceScale: 0, steps: 4 });
  expect(again.preferences.theme).toBe('dark');
  items.set(localKeys.page, '{"version":1,"draft":{"steps":"many"},"preferences":7}');
  expect(openApp().state().draft.steps).toBe(4);
  items.set(localKeys.page, 'no json');
  expect(openApp().state().preferences.theme).toBe('system');
});

test('the record of a later version is neither read nor overwritten', () => {
  const later = '{"version":2,"draft":{"prompt":"from the future"}}';
  items.set(localKeys.page, later);
  const app = openApp();
  app.actions.edit({ prompt: 'now' });
  expect(app.state().draft.prompt).toBe('now');
  expect(items.get(localKeys.page)).toBe(later);
});

test('a deleted picture comes back with Undo, and is let go when the toast ends', async () => {
  const app = openApp();
  await makePictures(app);
  const [picture] = app.state().pictures;
  app.actions.remove(picture!);
  expect(app.state()).toMatchObject({ pictures: [], view: { kind: 'live' } });
  app.actions.runToastAction(app.state().toasts[0]!.id, 0);
  expect(app.state().pictures).toEqual([picture]);
  app.actions.remove(picture!);
  app.actions.closeToast(app.state().toasts[0]!.id);
  expect(urls.has(picture!.url)).toBe(false);
  expect(app.actions.pictureFile(picture!.id)).toBeUndefined();
});

test('a dropped picture with a recipe restores the settings, which can be undone', async () => {
  const app = openApp();
  app.actions.edit({ prompt: 'before', steps: 9 });
  const settings = { prompt: 'from the file', steps: 30, seed: 5 };
  recipes.set('made elsewhere', toldBy(settings));
  await app.actions.openFile(new Blob(['made elsewhere']), 'old.png');
  expect(app.state().draft).toMatchObject({ ...settings, seedLocked: true });
  app.actions.runToastAction(app.state().toasts[0]!.id, 0);
  expect(app.state().draft).toMatchObject({ prompt: 'before', steps: 9, seedLocked: false });
});

test('a recipe made from words alone takes an earlier source away, and Undo brings it back', async () => {
  const app = openApp();
  await app.actions.openFile(new Blob(['plain']), 'photo.png');
  app.actions.edit({ negativePrompt: 'rain' });
  recipes.set('made elsewhere', toldBy({ prompt: 'words' }));
  await app.actions.openFile(new Blob(['made elsewhere']), 'old.png');
  expect(app.state()).toMatchObject({ source: null, draft: { prompt: 'words', negativePrompt: '' } });
  app.actions.runToastAction(app.state().toasts.at(-1)!.id, 0);
  expect(app.state()).toMatchObject({ source: { name: 'photo.png' }, draft: { negativePrompt: 'rain' } });
});

test('settings copied as text are restored when pasted; any other text is left to the prompt', async () => {
  const app = openApp();
  const text = 'a cat\nSteps: 12, Sampler: DDIM, CFG scale: 3, Seed: 4, Size: 64x64';
  expect(await app.actions.openText('Steps: to the sea')).toBe(false);
  app.actions.edit({ prompt: 'before' });
  const reading = app.actions.openText(text);
  app.actions.edit({ prompt: `before${text}` });
  expect(await reading).toBe(true);
  expect(app.state().draft).toMatchObject({
    prompt: 'a cat',
    steps: 12,
    seed: 4,
    width: 64,
    sampler: 'ddim',
  });
  const [toast] = app.state().toasts;
  app.actions.runToastAction(toast!.id, 1);
  expect(app.state().draft.prompt).toBe(text);
});

test('no field of the draft before stays behind a recipe that does not tell it', async () => {
  const app = openApp();
  app.actions.edit({ negativePrompt: 'rain', steps: 9, seed: 8, seedLocked: true, count: 4, width: 64 });
  app.actions.edit({ sampler: 'heun', schedule: 'karras', noise: 'nvidia', guidanceScale: 9, strength: 0.2 });
  app.actions.edit({ variation: { seed: 5, strength: 0.5 } });
  recipes.set('made elsewhere', toldBy({ prompt: 'words' }));
  await app.actions.openFile(new Blob(['made elsewhere']), 'old.png');
  expect(app.state().draft).toMatchObject({
    ...{ prompt: 'words', negativePrompt: '', steps: 4, guidanceScale: 4, width: 256, height: 256 },
    ...{
      sampler: 'ddim',
      schedule: undefined,
      noise: 'torch-cpu',
      variation: { seed: 0, strength: 0 },
      seedLocked: false,
      count: 1,
      strength: 0.6,
    },
  });
});

test('what cannot be followed is named, and the text can be read as it stands', async () => {
  const app = openApp();
  const second = { kind: 'second-pass', how: 'Hires. fix, 2' } as const;
  const unreadable = { sampler: 'DPM fast' };
  recipes.set(
    'made elsewhere',
    toldBy({ prompt: 'words', noise: 'nvidia' }, { unreadable, notes: [second] }),
  );
  await app.actions.openFile(new Blob(['made elsewhere']), 'old.png');
  const { id, message, details, actions } = app.state().toasts[0]!;
  expect(inEnglish(message)).toBe('Settings restored from “old.png”.');
  expect(details.map(inEnglish)).toEqual([
    'Made with AUTOMATIC1111.',
    'Read: prompt. Everything else is at its default.',
    'Noise: NVIDIA GPU, with which its seed was drawn.',
    'The sampler DPM fast is not available; DDIM is used instead. The nearest here is DPM++ 2M.',
    'Hires. fix, 2: drawn without its second pass.',
  ]);
  app.actions.runToastAction(id, actions.map(inEnglish).indexOf('Show the text'));
  expect(app.state().shownText).toEqual({ from: { file: 'old.png' }, text: 'as it stands' });
  app.actions.runToastAction(id, actions.map(inEnglish).indexOf('Undo'));
  expect(app.state().draft.prompt).toBe('');
});

test('of several files the first is opened, and the others are named', async () => {
  const app = openApp();
  const file = new Blob(['plain']);
  await app.actions.openFiles(['one.png', 'two.png', 'three.png'].map((name) => ({ file, name })));
  expect(app.state().source?.name).toBe('one.png');
  expect(inEnglish(app.state().toasts.at(-1)!.message)).toBe(
    'One file is opened at a time: “one.png” was. Not opened: “two.png”, “three.png”.',
  );
});

test('weights of a model that are dropped open the models', async () => {
  const app = openApp();
  await app.actions.openFile(new Blob(['weights']), 'own.safetensors');
  expect(app.state().modelsSheet).toEqual({ wanted: null });
});

test('a picture that nothing is known of becomes the source, and that is said; one may be told who claims to have made it', async () => {
  const app = openApp();
  await app.actions.openFile(new Blob(['plain']), 'photo.png');
  expect(inEnglish(app.state().toasts[0]!.message)).toBe(
    '“photo.png” was not made by a tool that this page knows. It is used as the source of the next picture.',
  );
  recipes.set('claimed', { kind: 'claimed', by: 'Own Camera 1', text: '' });
  await app.actions.openFile(new Blob(['claimed']), 'camera.png');
  expect(inEnglish(app.state().toasts[1]!.message)).toContain('made with Own Camera 1, but not how');
  app.actions.runToastAction(app.state().toasts[1]!.id, 0);
  expect(app.state().source).toBeNull();
});

test('any other picture becomes the source; what is none is told and changes nothing', async () => {
  const app = openApp();
  await app.actions.openFile(new Blob(['plain']), 'photo.png');
  expect(app.state().source).toMatchObject({ name: 'photo.png', width: 64, height: 32 });
  await app.actions.openFile(new Blob(['no picture']), 'notes.bin');
  expect(app.state().source).toMatchObject({ name: 'photo.png' });
  expect(app.state().sourceProblem?.with).toContain('notes.bin');
  app.actions.edit({ prompt: 'a beach', strength: 0.3 });
  app.actions.generate();
  (await held.next('load')).resolve(loadedModel);
  const call = await held.next('generate');
  expect(call.params.source).toMatchObject({ strength: 0.3, image: { width: 256, height: 256 } });
  answerAll(call);
  const { pictures } = await app.until(ended);
  expect(pictures[0]?.recipe.source).toEqual({ strength: 0.3 });
});

test('choices in a prompt are drawn for each picture, and its recipe holds what was drawn', () => {
  const app = openApp();
  app.actions.keepList('my colours.txt', 'red\n# no\nblue\n');
  expect(app.state().lists).toEqual({ 'my-colours': ['red', 'blue'] });
  app.actions.edit({ prompt: 'a __my-colours__ {fox|cat}', seed: 5, seedLocked: true, count: 3 });
  app.actions.generate();
  const jobs = app.state().queue.entries.map(({ job }) => job);
  expect(jobs.map((job) => job.kind === 'picture' && [job.settings.seed, job.count])).toEqual([
    [5, 1],
    [6, 1],
    [7, 1],
  ]);
  for (const { label } of jobs) expect(label).toMatch(/^a (red|blue) (fox|cat)$/);
  expect(app.state().draft.prompt).toBe('a __my-colours__ {fox|cat}');
});

test('a text file with lines opens the lists; each line that can be made waits in the line', async () => {
  const app = openApp();
  await app.actions.openFile(
    new Blob(['a fox\n--prompt "a cat" --steps 3 --tiling\n--prompt x --steps 999']),
    'many.txt',
  );
  const text = app.state().listSheet?.text ?? '';
  expect(app.state().listSheet?.name).toBe('many');
  expect(await app.actions.queueList(text)).toBe(2);
  const settings = app.state().queue.entries.map(({ job }) => job.kind === 'picture' && job.settings);
  expect(settings).toMatchObject([{ prompt: 'a fox' }, { prompt: 'a cat', steps: 3 }]);
  expect(inEnglish(app.state().toasts.at(-1)!.message)).toBe(
    'Left out, because they cannot be made: line 3. Not known here: --tiling.',
  );
});

test('vary makes the same with the next seed, from the same source', async () => {
  const app = openApp();
  await app.actions.openFile(new Blob(['plain']), 'photo.png');
  const first = await makePictures(app);
  app.actions.clearSource();
  app.actions.edit({ prompt: 'something else' });
  app.actions.vary(app.state().pictures[0]!);
  (await held.next('load')).resolve(loadedModel);
  const call = await held.next('generate');
  expect(call.params.settings).toEqual({ ...first.settings, seed: first.settings.seed + 1 });
  expect(call.params.source?.strength).toBe(first.source?.strength);
  answerAll(call);
  await app.until(ended);
});

test('the backend of the address outranks the preference until one is chosen by hand', async () => {
  const app = openApp({ backendOverride: 'wasm' });
  app.actions.warmUp();
  const load = await held.next('load');
  expect(load.params.backend).toBe('wasm');
  load.resolve(loadedModel);
  await app.until((state) => state.engine.status === 'ready');
  app.actions.chooseBackend('webgpu');
  app.actions.warmUp();
  expect((await held.next('load')).params.backend).toBe('webgpu');
});

test('when the engine changes to the CPU in mid-run, a notice says so and the recipe tells the truth', async () => {
  const app = openApp();
  app.actions.edit({ prompt: 'a beach' });
  app.actions.generate();
  (await held.next('load')).resolve({ ...loadedModel, backend: 'webgpu' });
  const call = await held.next('generate');
  call.emit({
    phase: 'notice',
    notice: { kind: 'backend-fallback', from: 'webgpu', to: 'wasm', code: 'device-lost' },
  });
  answerAll(call);
  const { notices, pictures, engine } = await app.until(ended);
  expect(notices).toHaveLength(1);
  expect(pictures[0]?.recipe.backend).toBe('wasm');
  expect(engine.status === 'ready' && engine.model.backend).toBe('wasm');
});

test('tokens are counted once the worker is up, and a late answer to an older prompt is dropped', async () => {
  const app = openApp();
  await app.actions.countTokens();
  expect(held.starts).toBe(0);
  app.actions.warmUp();
  (await held.next('load')).resolve(loadedModel);
  app.actions.edit({ prompt: 'old' });
  const counting = app.actions.countTokens();
  const call = await held.next('countTokens');
  app.actions.edit({ prompt: 'new' });
  call.resolve({ tokens: 1, chunks: 1, chunkTokens: 75 });
  await counting;
  expect(app.state().tokens).toBeNull();
});

test('what is asked for during a run waits, and is made as it was asked for', async () => {
  const app = openApp();
  app.actions.edit({ prompt: 'first', seed: 1, seedLocked: true });
  app.actions.generate();
  app.actions.edit({ prompt: 'second', seed: 2, steps: 3 });
  app.actions.generate();
  app.actions.edit({ prompt: 'written later', seed: 3, steps: 9 });
  (await held.next('load')).resolve(loadedModel);
  answerAll(await held.next('generate'));
  (await held.next('load')).resolve(loadedModel);
  const call = await held.next('generate');
  expect(call.params.settings).toMatchObject({ prompt: 'second', seed: 2, steps: 3 });
  answerAll(call);
  const { pictures } = await app.until(({ queue }) => queue.entries.length === 0);
  expect(pictures.map(({ recipe }) => recipe.settings.prompt)).toEqual(['second', 'first']);
});

test('a failed run leaves the next one untouched, and stays in the queue to be tried again', async () => {
  const app = openApp();
  app.actions.edit({ prompt: 'first' });
  app.actions.generate();
  app.actions.edit({ prompt: 'second' });
  app.actions.generate();
  (await held.next('load')).resolve(loadedModel);
  (await held.next('generate')).reject(new AppError('out-of-memory', 'no room'));
  (await held.next('load')).resolve(loadedModel);
  answerAll(await held.next('generate'));
  const { queue } = await app.until(({ pictures }) => pictures.length === 1);
  expect(queue.entries.map(({ job, state }) => `${job.label} ${state.status}`)).toContain('first failed');
});
