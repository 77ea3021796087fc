import { beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import { filmRecipeJson } from '../../domain/recipe/film-recipe.ts';
import type { VideoCalls, VideoEngine } from '../../engine/video-protocol.ts';
import { abortError } from '../../engine/rpc.ts';
import { projectOf } from '../../testing/films.ts';
import { heldEngine, loadedModel, pictureEvents } from '../../testing/held-engine.ts';
import { memoryFilms } from '../../testing/memory-films.ts';
import { createAppStore } from '../shell/app-store.ts';
import type { FilmState } from './film-state.ts';
import { createFilmStore, type FilmStore } from './film-store.ts';
import { inEnglish } from '../../testing/english.ts';
import type { ImageFiles } from '../making/making-context.ts';

type VideoCall = { name: keyof VideoCalls; params: never; emit(event: never): void };

let held: ReturnType<typeof heldEngine>;
let films: ReturnType<typeof memoryFilms>;
/** What the video worker answers. */
let answers: (call: VideoCall, signal: AbortSignal | undefined) => Promise<unknown>;
let videoCalls: VideoCall[];

beforeEach(() => {
  held = heldEngine();
  films = memoryFilms();
  videoCalls = [];
  answers = () => Promise.reject(new Error('not asked for'));
});

const images: ImageFiles = {
  encode: (_image, recipe) => Promise.resolve(new Blob([JSON.stringify(recipe)], { type: 'image/png' })),
  pngOfRows: () => Promise.reject(new Error('not asked for')),
  measure: async (file) => {
    if ((await file.text()) === 'no picture') throw new AppError('not-an-image', 'cannot be read');
    return { width: 64, height: 32 };
  },
  decode: () => Promise.reject(new Error('not asked for')),
  readRecipe: () => Promise.resolve(null),
  createUrl: () => 'blob:x',
  revokeUrl: () => undefined,
};

const video: VideoEngine = {
  call: (name, params, { signal, onEvent } = {}) => {
    const call = { name, params, emit: onEvent } as unknown as VideoCall;
    if (name === 'detail') return Promise.resolve(1 as never);
    videoCalls.push(call);
    return answers(call, signal) as Promise<never>;
  },
  terminate: () => undefined,
};

async function openFilm() {
  let lastId = 0;
  const app = createAppStore({
    models: [
      {
        ref: { id: 'built-in', revision: 'r1', source: { kind: 'stored' } },
        card: {
          name: 'Built-in',
          description: 'Small.',
          licence: 'MIT',
          defaults: { sampler: 'ddim', steps: 2, guidanceScale: 4, width: 256, height: 256 },
          sizeMultiple: 32,
          examples: [],
        },
      },
    ],
    createEngine: (onCrash) => held.create(onCrash),
    storage: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
    images,
    appName: 'Zoetrope test',
    backendOverride: null,
    now: () => 0,
    random: () => 0.5,
    keepAwake: () => () => undefined,
    pause: () => Promise.resolve(),
    onPicture: () => undefined,
    runFilm: (job, tools) => film.runJob(job, tools),
  });
  const kept: string[] = [];
  const hide: (() => void)[] = [];
  const film: FilmStore = createFilmStore({
    app: app.context,
    projects: films.projects,
    createVideo: () => video,
    newId: () => `id-${++lastId}`,
    onHide: (listener) => void hide.push(listener),
    tabs: {
      locks: undefined,
      channel: { postMessage: () => undefined, addEventListener: () => undefined },
      patience: () => AbortSignal.abort(),
    },
    keepWork: (work) => {
      kept.push(work.text);
      return Promise.resolve('kept');
    },
  });
  await film.ready;
  const state = () => film.store.getState();
  const until = (ready: (state: FilmState) => boolean) => vi.waitUntil(() => ready(state()));
  return { ...film, app, state, until, kept, hide };
}

type Film = Awaited<ReturnType<typeof openFilm>>;

const prompts = (film: Film) => film.state().project.scenes.map(({ prompt }) => prompt);
const pictures = (film: Film) => film.state().project.scenes.map(({ picture }) => picture !== null);
const toasts = (film: Film) => film.app.store.getState().toasts;

function undo(film: Film) {
  film.app.actions.runToastAction(toasts(film).at(-1)!.id, 0);
}

async function answerLoad() {
  (await held.next('load')).resolve(loadedModel);
}

async function answerPicture() {
  const call = await held.next('generate');
  for (const event of pictureEvents(call.params, 0)) call.emit(event);
  call.resolve({ backend: 'wasm' });
  return call.params;
}

test('begins with two empty scenes and what the model’s makers recommend', async () => {
  const film = await openFilm();
  expect(film.state()).toMatchObject({ opened: true, project: { steps: 2, guidanceScale: 4, fps: 24 } });
  expect(prompts(film)).toEqual(['', '']);
});

test('a pasted list replaces empty scenes; deleting can be undone; scenes move', async () => {
  const film = await openFilm();
  film.actions.addList('a\nb\nc');
  expect(prompts(film)).toEqual(['a', 'b', 'c']);
  const [first, second] = film.state().project.scenes.map(({ id }) => id);
  film.actions.remove(second!);
  expect(prompts(film)).toEqual(['a', 'c']);
  undo(film);
  expect(prompts(film)).toEqual(['a', 'b', 'c']);
  film.actions.move(first!, 2);
  expect(prompts(film)).toEqual(['b', 'c', 'a']);
  expect(inEnglish(film.state().said!)).toBe('Scene 1 is now scene 3 of 3.');
});

test('nothing is made of a film with problems, which are told from then on', async () => {
  const film = await openFilm();
  expect(film.actions.generate().map(({ field }) => field)).toEqual(['scenes.0.prompt', 'scenes.1.prompt']);
  expect(film.state()).toMatchObject({ submitted: true, making: { status: 'idle' } });
});

test('pictures are made one after the other with the hero in every prompt, and each is saved at once', async () => {
  const film = await openFilm();
  film.actions.addList('a\nb');
  film.actions.changeFilm({ hero: 'a fox' });
  film.actions.generate();
  await answerLoad();
  const first = await answerPicture();
  await film.until(() => pictures(film)[0]!);
  expect(pictures(film)).toEqual([true, false]);
  expect(films.assets.size).toBe(1);
  const second = await answerPicture();
  await film.until(({ making }) => making.status === 'done');
  expect([first, second].map(({ settings }) => settings.prompt)).toEqual(['a fox, a', 'a fox, b']);
  expect(first.settings.seed).toBe(second.settings.seed);
  expect(film.state().making).toMatchObject({ status: 'done', pictures: 2 });
});

test('progress goes from 0 to 1 over all pictures and never back', async () => {
  const film = await openFilm();
  film.actions.addList('a\nb');
  const seen: number[] = [];
  film.store.subscribe(({ making }) => {
    if (making.status === 'running' && making.now) seen.push(making.now.progress.fraction);
  });
  film.actions.generate();
  await answerLoad();
  await answerPicture();
  await answerPicture();
  await film.until(({ making }) => making.status === 'done');
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toBe(1);
});

test('a cancel keeps the finished scenes, and the next run makes only the rest', async () => {
  const film = await openFilm();
  film.actions.addList('a\nb');
  film.actions.generate();
  await answerLoad();
  await answerPicture();
  await film.until(() => pictures(film)[0]!);
  const call = await held.next('generate');
  film.actions.cancelMaking();
  await film.until(({ making }) => making.status === 'cancelled');
  expect(call.aborted()).toBe(true);
  expect(pictures(film)).toEqual([true, false]);
  film.actions.generate();
  await answerLoad();
  expect((await answerPicture()).settings.prompt).toBe('b');
  await film.until(({ making }) => making.status === 'done');
});

test('a failure is told and leaves the next run untouched', async () => {
  const film = await openFilm();
  film.actions.addList('a\nb');
  film.actions.generate();
  await answerLoad();
  (await held.next('generate')).reject(new AppError('out-of-memory', 'too large'));
  await film.until(({ making }) => making.status === 'failed');
  expect(film.state().making).toMatchObject({ error: { code: 'out-of-memory' } });
  film.actions.generate();
  await answerLoad();
  await answerPicture();
  await answerPicture();
  await film.until(({ making }) => making.status === 'done');
});

test('a scene that was deleted meanwhile is not made, one that was changed is made as it is now', async () => {
  const film = await openFilm();
  film.actions.addList('a\nb\nc');
  const [, b, c] = film.state().project.scenes.map(({ id }) => id);
  film.actions.generate();
  await answerLoad();
  film.actions.remove(b!);
  film.actions.changeScene(c!, { prompt: 'changed' });
  await answerPicture();
  expect((await answerPicture()).settings.prompt).toBe('changed');
  await film.until(({ making }) => making.status === 'done');
});

test('another picture for one scene draws a new seed and leaves the others alone', async () => {
  const film = await openFilm();
  film.actions.addList('a\nb');
  film.actions.reroll(film.state().project.scenes[1]!.id);
  await answerLoad();
  expect((await answerPicture()).settings).toMatchObject({ prompt: 'b', seed: 2 ** 31 });
  await film.until(({ making }) => making.status === 'done');
  expect(pictures(film)).toEqual([false, true]);
});

test('a morph makes pictures between two scenes, from one’s prompt and noise to the other’s', async () => {
  const film = await openFilm();
  film.actions.addList('a\nb');
  film.actions.changeFilm({
    transition: { kind: 'morph', frames: 12, inBetweens: 1 },
    seedMode: 'per-scene',
  });
  film.actions.generate();
  await answerLoad();
  const first = await answerPicture();
  const second = await answerPicture();
  const between = await answerPicture();
  await film.until(({ making }) => making.status === 'done');
  expect(between.settings).toEqual(first.settings);
  expect(between.morph).toEqual({ prompt: 'b', negativePrompt: '', seed: second.settings.seed, amount: 0.5 });
});

test('an own picture takes the place of a generated one; what is no picture is refused', async () => {
  const film = await openFilm();
  const { id } = film.state().project.scenes[0]!;
  await expect(film.actions.chooseOwnPicture(id, new Blob(['no picture']))).rejects.toMatchObject({
    code: 'not-an-image',
  });
  await film.actions.chooseOwnPicture(id, new Blob(['photo'], { type: 'image/jpeg' }));
  expect(film.state().project.scenes[0]!.picture).toMatchObject({ kind: 'own' });
});

async function withPictures() {
  const film = await openFilm();
  film.actions.addList('a\nb');
  film.actions.generate();
  await answerLoad();
  await answerPicture();
  await answerPicture();
  await film.until(({ making }) => making.status === 'done');
  return film;
}

test('the export makes missing pictures first, then hands film and recipe to the video worker, and keeps the file', async () => {
  const film = await openFilm();
  film.actions.addList('a\nb');
  answers = (call) => {
    call.emit({ phase: 'frames', done: 78, total: 156 } as never);
    const file = new Blob(['film'], { type: 'video/mp4' });
    return Promise.resolve({ file, encoder: 'webcodecs', totalFrames: 156, elapsedMs: 2000 });
  };
  expect(film.actions.exportFilm()).toEqual([]);
  await answerLoad();
  await answerPicture();
  await answerPicture();
  await film.until(({ output }) => output.status === 'done');
  expect(film.state().output).toMatchObject({
    film: { fileName: 'a.mp4', sizeBytes: 4, encoder: 'webcodecs', seconds: 2, durationSec: 6.5 },
  });
  const params = videoCalls[0]!.params as VideoCalls['export']['params'];
  expect(params.film.scenes.map((scene) => scene?.id)).toEqual(['asset-1', 'asset-2']);
  expect(params.comment).toContain('"kind":"film"');
  expect(film.kept).toEqual(['a\nb']);
  // Two stills and twelve frames between them, of 512 × 512.
  const modelledSec = 0.3 + (156 * 0.01 + 14 * 0.03) * 0.262144;
  expect(film.app.store.getState().encodeTimings.mp4?.time).toBeCloseTo(2 / modelledSec);
});

const exported = (text: string) =>
  Promise.resolve({
    file: new Blob([text], { type: 'video/mp4' }),
    encoder: 'webcodecs',
    totalFrames: 156,
    elapsedMs: 2000,
  });
const queueOf = (film: Film) => film.app.store.getState().queue.entries;

test('a film that is asked for while a picture is made waits, and is made as it was then', async () => {
  const film = await openFilm();
  film.app.actions.edit({ prompt: 'a beach' });
  film.app.actions.generate();
  film.actions.addList('a\nb');
  answers = () => exported('film');
  expect(film.actions.exportFilm()).toEqual([]);
  film.actions.changeScene(film.state().project.scenes[0]!.id, { prompt: 'changed since' });
  expect(queueOf(film).map(({ job, state }) => `${job.label} ${state.status}`)).toEqual([
    'a beach running',
    'a waiting',
  ]);
  await answerLoad();
  await answerPicture();
  await answerLoad();
  expect((await answerPicture()).settings.prompt).toBe('a');
  expect((await answerPicture()).settings.prompt).toBe('b');
  await vi.waitUntil(() => film.kept.length === 1 && queueOf(film).length === 0);
  expect(film.kept).toEqual(['a\nb']);
  // The storyboard got the picture that it still wants.
  expect(pictures(film)).toEqual([false, true]);
});

test('what a film’s pictures took is filed under the model that made them, whichever is chosen meanwhile', async () => {
  const film = await openFilm();
  film.actions.addList('a\nb');
  film.actions.generate();
  (await held.next('load')).resolve(loadedModel);
  const { models } = film.app.store.getState();
  const other = { ...models[0]!, ref: { ...models[0]!.ref, id: 'other/model' } };
  film.app.actions.chooseModel(other);
  for (let made = 0; made < 2; made++) {
    const call = await held.next('generate');
    expect(call.params.model.id).toBe('built-in');
    pictureEvents(call.params, 0).forEach((event) => call.emit(event));
    call.resolve({ backend: 'wasm' });
  }
  await film.until(({ making }) => making.status === 'done');
  const keys = Object.keys(film.app.store.getState().timings);
  expect(keys).toHaveLength(1);
  expect(keys[0]).toMatch(/^built-in@r1 /);
});

test('a film that fails in the queue lets the next one be made', async () => {
  const film = await withPictures();
  let tries = 0;
  answers = () =>
    ++tries === 1 ? Promise.reject(new AppError('encoder-failed', 'it broke')) : exported('film');
  film.app.actions.edit({ prompt: 'a beach' });
  film.app.actions.generate();
  film.actions.exportFilm();
  film.actions.exportFilm();
  await answerLoad();
  await answerPicture();
  await vi.waitUntil(() => film.kept.length === 1 && queueOf(film).length === 1);
  expect(queueOf(film)[0]!.state).toMatchObject({ status: 'failed', error: { code: 'encoder-failed' } });
});

test('a long film is written without the idle engine, which is started again when it is needed; a short one is written beside it', async () => {
  const film = await withPictures();
  const file = new Blob(['film'], { type: 'video/mp4' });
  answers = () => Promise.resolve({ file, encoder: 'webcodecs', totalFrames: 156, elapsedMs: 2000 });
  const write = async () => {
    film.actions.exportFilm();
    await film.until(({ output }) => output.status === 'done');
  };
  await write();
  expect(film.app.host.running()).toBe(true);
  film.actions.changeFilm({ sceneDurationSec: 100 });
  await write();
  expect(film.app.host.running()).toBe(false);
  expect(film.app.store.getState().engine).toEqual({ status: 'asleep' });
  film.actions.changeScene(film.state().project.scenes[0]!.id, { prompt: 'changed' });
  film.actions.generate();
  await answerLoad();
  await answerPicture();
  await film.until(({ making }) => making.status === 'done' && making.pictures === 1);
  expect(held.starts).toBe(2);
});

test('an export can be cancelled, and its failure is told', async () => {
  const film = await withPictures();
  answers = (_call, signal) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(abortError())));
  film.actions.exportFilm();
  await film.until(({ output }) => output.status === 'running' && videoCalls.length === 1);
  film.actions.cancelExport();
  await film.until(({ output }) => output.status === 'cancelled');
  answers = () => Promise.reject(new AppError('encoder-failed', 'it broke'));
  film.actions.exportFilm();
  await film.until(({ output }) => output.status === 'failed');
  expect(film.state().output).toMatchObject({ error: { code: 'encoder-failed' } });
});

test('what was made is there again after a reload', async () => {
  const film = await withPictures();
  film.hide.forEach((hide) => hide());
  const again = await openFilm();
  expect(prompts(again)).toEqual(['a', 'b']);
  expect(pictures(again)).toEqual([true, true]);
  expect(Object.keys(again.state().urls)).toEqual(['asset-1', 'asset-2']);
});

test('a picture is stored before it is seen, so that it is there after a reload that comes at once', async () => {
  const film = await openFilm();
  film.actions.addList('a\nb');
  film.actions.generate();
  await answerLoad();
  await answerPicture();
  await film.until(() => pictures(film)[0] === true);
  expect(pictures(await openFilm())).toEqual([true, false]);
});

test('a new film leaves the old one in the list, and undo brings it back', async () => {
  const film = await withPictures();
  await film.actions.newFilm();
  expect(prompts(film)).toEqual(['', '']);
  await film.actions.listFilms();
  expect(film.state().others.map(({ title }) => title)).toEqual(['a']);
  undo(film);
  await film.until(() => prompts(film).length === 2 && prompts(film)[0] === 'a');
});

test('a film made here brings its storyboard back, one from elsewhere is told', async () => {
  const film = await openFilm();
  const made = projectOf(['x', 'y', 'z'], { hero: 'a fox', fps: 30 });
  answers = () => Promise.resolve(filmRecipeJson(made, { id: 'm', revision: 'r' }, 'test'));
  await film.actions.openFile(new Blob(['mp4']), 'film.mp4');
  expect(prompts(film)).toEqual(['x', 'y', 'z']);
  expect(film.state().project).toMatchObject({ hero: 'a fox', fps: 30 });
  answers = () => Promise.resolve(null);
  await film.actions.openFile(new Blob(['mp4']), 'holiday.mp4');
  expect(inEnglish(toasts(film).at(-1)!.message)).toBe('This film does not tell how it was made.');
  expect(prompts(film)).toEqual(['x', 'y', 'z']);
});

test('the player opens the film once, and again only when it looks different', async () => {
  const film = await withPictures();
  answers = (call) => {
    if (call.name === 'frame') call.emit({ index: 0, bitmap: {} } as never);
    return Promise.resolve(null);
  };
  await film.player.frame(0);
  await film.player.frame(1);
  film.actions.changeFilm({ negativePrompt: 'not seen' });
  await film.player.frame(2);
  expect(videoCalls.map(({ name }) => name)).toEqual(['open', 'frame', 'frame', 'frame']);
  film.actions.changeFilm({ motion: 'zoom-in' });
  await film.player.frame(3);
  expect(videoCalls.slice(-2).map(({ name }) => name)).toEqual(['open', 'frame']);
  film.actions.changeFilm({ fps: 0 });
  expect(film.player.look(film.state().project)).toBeNull();
});

test('work goes on, with a word about it, when the storage is full', async () => {
  const film = await openFilm();
  films.projects.addAsset = () => Promise.reject(new AppError('storage-full', 'no room'));
  film.actions.addList('a\nb');
  film.actions.generate();
  await answerLoad();
  await answerPicture();
  await answerPicture();
  await film.until(({ making }) => making.status === 'done');
  expect(film.state().saveProblem).toMatchObject({ code: 'storage-full' });
  expect(pictures(film)).toEqual([true, true]);
});

test('pictures of the gallery become a film of their own; the one before is kept, and undo shows it again', async () => {
  const film = await openFilm();
  film.actions.addList('mine');
  const file = new Blob(['png'], { type: 'image/png' });
  await film.actions.filmFromPictures([
    { file, prompt: 'a beach', seed: 7 },
    { file, prompt: 'a forest', seed: null },
  ]);
  const { scenes } = film.state().project;
  expect(scenes.map(({ prompt, seed, picture }) => [prompt, seed, picture?.kind])).toEqual([
    ['a beach', 7, 'own'],
    ['a forest', null, 'own'],
  ]);
  undo(film);
  await film.until(({ project }) => project.scenes[0]?.prompt === 'mine');
});
