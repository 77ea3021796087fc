import { expect, it } from 'vitest';
import { contextWith, elsewhere, machine } from '../../testing/other-machines.ts';
import { picturesToMake, withPicture } from '../../domain/video/pictures.ts';
import { newProject, newScene } from '../../domain/video/project.ts';
import { abortError } from '../../engine/rpc.ts';
import { machineEntry } from '../machines/machine-state.ts';
import { makeFilmPictures } from './film-pictures.ts';
import type { Told } from './tracker.ts';

const names = ['tower', 'attic', 'cellar'];
const sceneIds = Array.from({ length: 12 }, (_, i) => `scene-${i}`);

function rig(dead: readonly string[] = []) {
  const own = names.map(machine);
  const { drawn, ...options } = elsewhere(own, dead);
  const model = machineEntry(own[0]!);
  let film = newProject(
    'film',
    7,
    sceneIds.map((id) => newScene(id, `${id} of a walk`)),
  );
  const told: Told[] = [];
  const controller = new AbortController();
  const make = (alone = false, keep: (made: number) => void = () => undefined) => {
    let made = 0;
    return makeFilmPictures(
      contextWith(options),
      {
        ...{ model, backend: 'auto', steps: film.steps, alone },
        tasks: (filmModel) => picturesToMake(film, filmModel),
        keep: (task, file) => {
          film = withPicture(film, task, `asset-${made}`);
          expect(file.size).toBeGreaterThan(0);
          keep(++made);
          return Promise.resolve();
        },
      },
      controller.signal,
      { onProgress: (each) => told.push(each) },
    );
  };
  const kept = () => film.scenes.filter(({ picture }) => picture !== null).map(({ id }) => id);
  const machines = () => new Set(film.scenes.map((scene) => scene.machine));
  return { drawn, told, controller, make, kept, machines };
}

const drawnBy = ({ drawn }: ReturnType<typeof rig>) => new Set(drawn.map(({ host }) => host));

it('makes each scene of a film once, on all machines that help, with the film’s own seed', async () => {
  const film = rig();
  expect(await film.make()).toBe(12);
  expect(film.kept()).toEqual(sceneIds);
  expect(drawnBy(film)).toEqual(new Set(names.map((name) => `${name}.lan`)));
  expect(film.machines()).toEqual(new Set(['a1111']));
  expect(new Set(film.drawn.map(({ draw }) => draw.settings.seed))).toEqual(new Set([7]));
});

it('tells how far all of them are, never backwards', async () => {
  const film = rig();
  await film.make();
  const fractions = film.told.map(({ progress }) => progress.fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
  expect(film.told.some(({ progress: { now } }) => now.phase === 'spread' && now.machines === 3)).toBe(true);
});

it('loses nothing when a machine is dead, the chosen one too', async () => {
  const film = rig(['tower.lan']);
  expect(await film.make()).toBe(12);
  expect(film.kept()).toEqual(sceneIds);
  expect(drawnBy(film)).toEqual(new Set(['attic.lan', 'cellar.lan']));
});

it('asks nobody else where it is to be made alone', async () => {
  const film = rig();
  expect(await film.make(true)).toBe(12);
  expect(drawnBy(film)).toEqual(new Set(['tower.lan']));
});

it('stops everywhere when it is cancelled, and keeps what was made', async () => {
  const film = rig();
  const cancelled = film.make(false, (made) => made === 4 && film.controller.abort(abortError()));
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  expect(film.kept().length).toBeGreaterThanOrEqual(4);
  expect(film.drawn.length).toBeLessThan(12);
});
