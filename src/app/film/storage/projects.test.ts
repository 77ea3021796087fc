import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { changeScene } from '../../../domain/video/edit.ts';
import { projectOf } from '../../../testing/films.ts';
import { exportProject, importProject } from './film-file.ts';
import { openStore } from '../../../engine/idb.ts';
import { createFilmProjects } from './projects.ts';

const store = openStore('films-test');
let nowMs = 1_800_000_000_000;
let lastId = 0;
const projects = createFilmProjects({ store, nowMs: () => nowMs++, newId: () => `asset${++lastId}` });
const film = projectOf(['a', 'b']);
const png = (text: string) => new Blob([text], { type: 'image/png' });
const bytesOf = async (id: string) => (await projects.asset(id))?.text();

afterEach(() => store.clear());

async function filmWithAssets() {
  const picture = { kind: 'made', assetId: await projects.addAsset(png('one')), key: 'k' } as const;
  const inBetweens = [{ assetId: await projects.addAsset(png('between')), key: 'l' }];
  const song = await projects.addAsset(new Blob(['la'], { type: 'audio/mpeg' }));
  const music = { assetId: song, name: 'song.mp3', volumePercent: 80, startSec: 2 };
  return { ...changeScene(film, 's0', { picture, inBetweens }), music };
}

test('films are listed as they were saved, the latest change first', async () => {
  await projects.save(film);
  await projects.save({ ...film, id: 'other', fps: NaN });
  expect((await projects.list()).map(({ project }) => project.id)).toEqual(['other', 'film']);
  await projects.save({ ...film, title: 'changed' });
  expect((await projects.list())[0]!.project).toEqual({ ...film, title: 'changed' });
  await projects.remove('film');
  expect((await projects.list()).map(({ project }) => project)).toEqual([{ ...film, id: 'other', fps: NaN }]);
});

test('films of other versions and damaged ones are skipped, and stay', async () => {
  await store.write({
    put: [
      ['project:later', { version: 9, project: film }],
      ['project:damaged', { version: 1, project: { ...film, scenes: 7 }, changedAtMs: 1 }],
    ],
  });
  expect(await projects.list()).toEqual([]);
  expect(await store.keys('project:')).toHaveLength(2);
});

test('assets come back with their type', async () => {
  const id = await projects.addAsset(png('pixels'));
  const asset = await projects.asset(id);
  expect([await asset?.text(), asset?.type]).toEqual(['pixels', 'image/png']);
  expect(await projects.asset('none')).toBeNull();
});

test('only assets that no film refers to are removed, and only old ones', async () => {
  const project = await filmWithAssets();
  await projects.save(project);
  const unused = await projects.addAsset(png('unused'));
  await projects.removeUnused();
  expect(await bytesOf(unused)).toBe('unused');
  nowMs += 2 * 60 * 60 * 1000;
  await projects.removeUnused();
  expect(await projects.asset(unused)).toBeNull();
  expect(await store.keys('asset:')).toHaveLength(3);
});

test('nothing is removed while there is a film that cannot be read', async () => {
  const unused = await projects.addAsset(png('unused'));
  await store.write({ put: [['project:later', { version: 9 }]] });
  nowMs += 2 * 60 * 60 * 1000;
  await projects.removeUnused();
  expect(await bytesOf(unused)).toBe('unused');
});

test('a film goes through a project file with everything that belongs to it', async () => {
  const project = await filmWithAssets();
  const file = await exportProject(project, projects);
  await store.clear();
  const imported = await importProject(file, projects, 'new');
  const ids = (film: typeof imported) => [
    film.scenes[0]!.picture!.assetId,
    film.scenes[0]!.inBetweens[0]!.assetId,
    film.music!.assetId,
  ];
  expect(await Promise.all(ids(imported).map(bytesOf))).toEqual(['one', 'between', 'la']);
  expect(ids(imported)).not.toEqual(ids(project));
  const plain = (film: typeof imported) => ({
    ...changeScene(film, 's0', { picture: null, inBetweens: [] }),
    music: null,
    id: '',
  });
  expect(plain(imported)).toEqual(plain(project));
});

test('a project file without a picture’s pixels loses that picture, not the scene', async () => {
  const project = changeScene(film, 's0', { picture: { kind: 'own', assetId: 'gone' } });
  const imported = await importProject(await exportProject(project, projects), projects, 'new');
  expect(imported.scenes.map(({ prompt, picture }) => [prompt, picture])).toEqual([
    ['a', null],
    ['b', null],
  ]);
});

test.each(['no zip at all', ''])('a file that is no project (%j) is told', async (content) => {
  const imported = importProject(new Blob([content]), projects, 'new');
  await expect(imported).rejects.toMatchObject({ code: 'file-corrupt' });
});
