import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import { createGallery, type Gallery } from './storage/gallery.ts';
import { openStore } from '../../engine/idb.ts';
import { createGalleryStore } from './gallery-store.ts';
import { inEnglish } from '../../testing/english.ts';
import { message } from '../words/message.ts';
import type { ToastAction } from '../base/toasts.ts';

const records = openStore('gallery-store-test');
let nowMs = 1_000;
const gallery = createGallery({
  store: records,
  makeThumbnail: (preview) => Promise.resolve(preview),
  nowMs: () => nowMs++,
  random: () => 0,
  channel: { postMessage: () => undefined, addEventListener: () => undefined },
});

function open(deps: Partial<Gallery> = {}) {
  const told: { message: string; actions: readonly ToastAction[]; end: (() => void) | undefined }[] = [];
  const opened = createGalleryStore({
    gallery: { ...gallery, ...deps },
    usage: () => Promise.resolve({ usedBytes: 1, quotaBytes: 2, persistent: false }),
    tell: (message, actions = [], end) => told.push({ message: inEnglish(message), actions, end }),
  });
  return { ...opened, told, texts: () => opened.store.getState().works.map(({ text }) => text) };
}

const file = new Blob(['x'], { type: 'image/png' });
const add = (text: string) =>
  gallery.add({ kind: 'image', text, recipe: null, width: 1, height: 1, file, preview: file });

afterEach(() => records.clear());

test('works appear as they are made, as long as the screen follows', async () => {
  const { store, follow, texts } = open();
  const stop = follow();
  await vi.waitFor(() => expect(store.getState().load.status).toBe('ready'));
  await add('one');
  await vi.waitFor(() => expect(texts()).toEqual(['one']));
  stop();
  await add('two');
  await new Promise((resolve) => setImmediate(resolve));
  expect(texts()).toEqual(['one']);
  expect(store.getState().usage).toEqual({ usedBytes: 1, quotaBytes: 2, persistent: false });
});

test('a deleted work is gone at once, comes back with undo, and is removed for good when its toast goes', async () => {
  const { actions, follow, texts, told } = open();
  follow();
  const work = await add('mine');
  await vi.waitFor(() => expect(texts()).toEqual(['mine']));
  await actions.remove([work.id]);
  await vi.waitFor(() => expect(texts()).toEqual([]));
  told[0]!.actions[0]!.run();
  await vi.waitFor(() => expect(texts()).toEqual(['mine']));
  await actions.remove([work.id]);
  told[1]!.end!();
  await vi.waitFor(async () => expect(await records.keys('work:')).toEqual([]));
});

test('what vanishes is no longer chosen, open or compared', async () => {
  const { store, actions, follow, texts } = open();
  follow();
  const [a, b] = [await add('a'), await add('b')];
  await vi.waitFor(() => expect(texts()).toHaveLength(2));
  actions.select([a.id, b.id]);
  actions.open(a.id);
  actions.compare([a.id, b.id]);
  await gallery.remove([a.id]);
  await vi.waitFor(() => expect(texts()).toEqual(['b']));
  expect(store.getState()).toMatchObject({ selected: [b.id], openId: null, comparing: null });
});

test('export and import say how it went', async () => {
  const { store, actions, follow, texts, told } = open();
  follow();
  const [a] = [await add('a'), await add('b')];
  await vi.waitFor(() => expect(texts()).toHaveLength(2));
  let zip = new Blob();
  await actions.exportWorks([a.id], async (stream) => void (zip = await new Response(stream).blob()));
  await actions.importFile(zip);
  await gallery.clear();
  await actions.importFile(zip);
  await actions.importFile(new Blob(['no zip']));
  expect(told.map(({ message }) => message)).toEqual([
    '1 work exported.',
    '0 works added, 1 was here already.',
    '1 work added.',
    'The file is not a zip file, was cut off or is damaged.',
  ]);
  expect(store.getState().transfer).toBeNull();
});

test('changing one’s mind in the save dialog is no failure', async () => {
  const { actions, told } = open();
  await actions.exportWorks([], () => Promise.reject(new DOMException('closed', 'AbortError')));
  expect(told).toEqual([]);
});

test('a gallery that cannot be read says so', async () => {
  const list = () => Promise.reject(new AppError('storage-failed', 'broken'));
  const { store, follow } = open({ list });
  follow();
  await vi.waitFor(() =>
    expect(store.getState().load).toEqual({
      status: 'failed',
      error: { code: 'storage-failed', message: 'broken' },
    }),
  );
});

test('the result of an import in words', () => {
  expect(inEnglish(message('worksImported', 2, 3, 1, 0))).toBe(
    '2 works added, 3 were here already, 1 of a later version left out.',
  );
});
