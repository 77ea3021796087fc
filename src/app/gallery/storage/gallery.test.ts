import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { createGallery } from './gallery.ts';
import { openStore } from '../../../engine/idb.ts';
import type { NewWork } from '../../making/new-work.ts';

const store = openStore('gallery-test');
const codeOf = (error: unknown) => (error instanceof AppError ? error.code : error);
let nowMs = 1_800_000_000_000;

/** Two ends of a BroadcastChannel: what one tab posts, the other hears. */
function twoTabs() {
  const heard: [(() => void)[], (() => void)[]] = [[], []];
  const end = (own: 0 | 1) => ({
    postMessage: () => heard[own === 0 ? 1 : 0].forEach((listener) => listener()),
    addEventListener: (_: string, listener: unknown) => void heard[own].push(listener as () => void),
  });
  return [end(0), end(1)] as const;
}

const open = (
  channel = twoTabs()[0],
  makeThumbnail = (preview: Blob) => Promise.resolve(preview.slice(0, 2, 'image/webp')),
) => createGallery({ store, makeThumbnail, nowMs: () => nowMs++, random: () => 0.5, channel });

const picture = (text: string, size = 5): NewWork => {
  const file = new Blob([new Uint8Array(size).fill(7)], { type: 'image/png' });
  return { kind: 'image', text, recipe: { version: 1 }, width: 4, height: 3, file, preview: file };
};

afterEach(() => store.clear());

test('works are listed newest first, with what they are', async () => {
  const gallery = open();
  await gallery.add(picture('first'));
  const second = await gallery.add(picture('second'));
  expect((await gallery.list()).map(({ text }) => text)).toEqual(['second', 'first']);
  expect((await gallery.list())[0]).toStrictEqual(second);
  expect(second).toMatchObject({
    mediaType: 'image/png',
    sizeBytes: 5,
    favourite: false,
    recipe: { version: 1 },
  });
});

test('the file comes back byte for byte, also one of several pieces', async () => {
  const gallery = open();
  const bytes = Uint8Array.from({ length: 16 * 1024 * 1024 + 3 }, (_, i) => (i * 31) & 0xff);
  const film = await gallery.add({
    ...picture('film'),
    kind: 'film',
    file: new Blob([bytes], { type: 'video/mp4' }),
  });
  const file = await gallery.file(film.id);
  expect([file.type, file.size]).toEqual(['video/mp4', bytes.length]);
  expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
});

test('thumbnails come in the order that was asked for; a work without one is kept all the same', async () => {
  const one = await open().add(picture('one'));
  const two = await open(undefined, () => Promise.reject(new Error('cannot draw'))).add(picture('two'));
  const [second, first] = await open().thumbnails([two.id, one.id]);
  expect(second).toBeNull();
  expect(first).toMatchObject({ size: 2, type: 'image/webp' });
});

test('a favourite stays one, and a deleted work is gone with everything', async () => {
  const gallery = open();
  const [a, b] = [await gallery.add(picture('a')), await gallery.add(picture('b'))];
  await gallery.setFavourite([a.id], true);
  await gallery.remove([b.id]);
  expect((await gallery.list()).map(({ text, favourite }) => [text, favourite])).toEqual([['a', true]]);
  expect(await gallery.file(b.id).catch(codeOf)).toBe('file-not-found');
  expect(await store.keys('')).toEqual(['bin', `file:${a.id}:0000`, `thumbnail:${a.id}`, `work:${a.id}`]);
});

test('a binned work is hidden and comes back whole, until it is removed', async () => {
  const gallery = open();
  const [a, b] = [await gallery.add(picture('a')), await gallery.add(picture('b'))];
  await gallery.bin([a.id, b.id]);
  expect(await gallery.list()).toEqual([]);
  await gallery.unbin([a.id]);
  await gallery.remove([b.id]);
  expect(await gallery.list()).toStrictEqual([a]);
  expect((await gallery.file(a.id)).size).toBe(5);
});

test('what is imported while it lies in the bin comes back, and the end of the toast does not take it away again', async () => {
  const gallery = open();
  const [work, other] = [await gallery.add(picture('x')), await gallery.add(picture('y'))];
  const whole = { work, file: await gallery.file(work.id), thumbnail: null };
  expect(await gallery.restore(whole)).toBe(false);
  await gallery.bin([work.id, other.id]);
  expect(await gallery.restore(whole)).toBe(true);
  await gallery.removeBinned([work.id, other.id]);
  expect(await gallery.list()).toStrictEqual([work]);
  expect(await store.keys('work:')).toEqual([`work:${work.id}`]);
});

test('what was binned just before a crash is swept away on a later visit, but not while another tab can undo it', async () => {
  const gallery = open();
  const work = await gallery.add(picture('x'));
  await gallery.bin([work.id]);
  await gallery.sweep();
  expect(await store.get(`work:${work.id}`)).toBeDefined();
  nowMs += 61_000;
  await open().sweep();
  expect(await store.get(`work:${work.id}`)).toBeUndefined();
});

test('records of a later version are not shown, changed or deleted', async () => {
  const gallery = open();
  const later = { version: 2, shape: 'unknown' };
  await store.write({ put: [['work:zzz', later]] });
  await gallery.setFavourite(['zzz'], true);
  expect(await gallery.list()).toEqual([]);
  expect(await store.get('work:zzz')).toEqual(later);
});

test('a change is told to this tab and to the others, until they stop listening', async () => {
  const [here, there] = twoTabs();
  const [mine, other] = [open(here), open(there)];
  const calls = { mine: 0, other: 0 };
  mine.subscribe(() => calls.mine++);
  const stop = other.subscribe(() => calls.other++);
  const work = await mine.add(picture('x'));
  stop();
  await mine.remove([work.id]);
  expect(calls).toEqual({ mine: 2, other: 1 });
});

test('two thousand works are listed without their files', async () => {
  const gallery = open();
  for (let i = 0; i < 2000; i++) await gallery.add(picture(`work ${i}`, 1));
  expect(await gallery.list()).toHaveLength(2000);
});
