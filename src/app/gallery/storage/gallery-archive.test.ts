import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { exportGallery, importGallery } from './gallery-archive.ts';
import { createGallery } from './gallery.ts';
import { openStore } from '../../../engine/idb.ts';
import { openZip, zipStream } from '../../base/storage/zip.ts';
import type { NewWork } from '../../making/new-work.ts';

const store = openStore('archive-test');
let nowMs = Date.UTC(2026, 10, 22);
const gallery = createGallery({
  store,
  makeThumbnail: (preview) => Promise.resolve(preview.slice(0, 1, 'image/webp')),
  nowMs: () => nowMs++,
  random: () => 0.25,
  channel: { postMessage: () => undefined, addEventListener: () => undefined },
});
const codeOf = (error: unknown) => (error instanceof AppError ? error.code : error);

function newWork(text: string, kind: 'image' | 'film' = 'image'): NewWork {
  const file = new Blob([text], { type: kind === 'image' ? 'image/png' : 'video/mp4' });
  return { kind, text, recipe: { version: 1, prompt: text }, width: 4, height: 3, file, preview: file };
}

const exportAll = async () => new Response(exportGallery(gallery, await gallery.list())).blob();

async function everything() {
  const works = await gallery.list();
  const files = await Promise.all(works.map(async ({ id }) => (await gallery.file(id)).text()));
  const thumbnails = await gallery.thumbnails(works.map(({ id }) => id));
  const small = await Promise.all(thumbnails.map((thumbnail) => thumbnail!.text()));
  return { works, files, small };
}

afterEach(() => store.clear());

test('export, delete all, import gives the same works, favourites included', async () => {
  const first = await gallery.add(newWork('a robot in the café'));
  await gallery.add(newWork('a robot in the café'));
  await gallery.add({ ...newWork('two scenes', 'film'), durationSec: 6 });
  await gallery.setFavourite([first.id], true);
  const before = await everything();
  const zip = await exportAll();
  await gallery.clear();
  expect(await importGallery(gallery, zip)).toEqual({ added: 3, known: 0, unreadable: 0, failed: [] });
  expect(await everything()).toEqual(before);
  expect(await importGallery(gallery, zip)).toMatchObject({ added: 0, known: 3 });
});

test('the files in the zip have names for people, never the same twice', async () => {
  await gallery.add(newWork('A robot!'));
  await gallery.add(newWork('A robot!'));
  const { names } = await openZip(await exportAll());
  const pictures = names.filter((name) => name.startsWith('pictures/'));
  expect(new Set(pictures).size).toBe(2);
  expect(pictures[0]).toMatch(/^pictures\/2026-11-22-a-robot-[a-z0-9-]+\.png$/);
  expect(names.at(-1)).toBe('gallery.json');
});

test('a damaged picture is told of, and the others come in', async () => {
  await gallery.add(newWork('good'));
  await gallery.add(newWork('to be damaged'));
  const bytes = Buffer.from(await (await exportAll()).arrayBuffer());
  bytes[bytes.indexOf('to be damaged')]! ^= 1;
  await gallery.clear();
  const result = await importGallery(gallery, new Blob([bytes]));
  expect(result).toMatchObject({ added: 1, failed: [{ error: { code: 'file-corrupt' } }] });
  expect((await gallery.list()).map(({ text }) => text)).toEqual(['good']);
});

test('works of later versions are counted, exports of later versions refused', async () => {
  const zipOf = (manifest: unknown) =>
    new Response(zipStream([{ name: 'gallery.json', data: new Blob([JSON.stringify(manifest)]) }])).blob();
  const later = [{ work: { version: 2 }, file: 'x' }, null, 7];
  expect(await importGallery(gallery, await zipOf({ version: 1, works: later }))).toMatchObject({
    unreadable: 3,
  });
  expect(await importGallery(gallery, await zipOf({ version: 2 })).catch(codeOf)).toBe('file-unreadable');
  expect(await importGallery(gallery, new Blob(['no zip'])).catch(codeOf)).toBe('file-corrupt');
});

test('a full disk ends the import with what came before kept', async () => {
  await gallery.add(newWork('one'));
  await gallery.add(newWork('two'));
  const zip = await exportAll();
  await gallery.clear();
  let room = 1;
  const full = () => Promise.reject(new AppError('storage-full', 'no room'));
  const tight = { ...gallery, restore: (whole: never) => (room-- > 0 ? gallery.restore(whole) : full()) };
  expect(await importGallery(tight, zip).catch(codeOf)).toBe('storage-full');
  expect(await gallery.list()).toHaveLength(1);
});
