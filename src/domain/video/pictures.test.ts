import { describe, expect, it } from 'vitest';
import { projectOf } from '../../testing/films.ts';
import { changeScene, moveScene } from './edit.ts';
import {
  assetIds,
  fittingInBetweens,
  pictureStatus,
  picturesToMake,
  withKnownPictures,
  withPicture,
  type FilmModel,
} from './pictures.ts';
import type { FilmProject } from './project.ts';

const model: FilmModel = { id: 'm', revision: 'r1', nativeWidth: 256, nativeHeight: 256, sizeMultiple: 32 };
const film = projectOf(['a', 'b', 'c']);
const morph = projectOf(['a', 'b', 'c'], { transition: { kind: 'morph', frames: 12, inBetweens: 2 } });
const own = { kind: 'own', assetId: 'photo' } as const;

function made(project: FilmProject): FilmProject {
  const tasks = picturesToMake(project, model);
  return tasks.reduce((all, task, i) => withPicture(all, task, `asset${i}`), project);
}
const names = (project: FilmProject) =>
  picturesToMake(project, model).map(
    (task) => `${task.sceneId}${task.kind === 'scene' ? '' : `/${task.index}`}`,
  );

describe('picturesToMake', () => {
  it('is every scene at first, and nothing once all are made', () => {
    expect(names(film)).toEqual(['s0', 's1', 's2']);
    expect(names(made(film))).toEqual([]);
  });

  it('is only the scene that was changed', () => {
    expect(names(changeScene(made(film), 's1', { prompt: 'new' }))).toEqual(['s1']);
    expect(names({ ...made(film), hero: 'a fox' })).toEqual(['s0', 's1', 's2']);
    expect(names(moveScene(made(film), 's2', 0))).toEqual([]);
  });

  it('leaves out own pictures, and locked scenes that have a picture', () => {
    expect(names(changeScene(film, 's1', { picture: own }))).toEqual(['s0', 's2']);
    const locked = changeScene(made(film), 's1', { locked: true, prompt: 'new' });
    expect(names(locked)).toEqual([]);
    expect(names(changeScene(film, 's1', { locked: true }))).toEqual(['s0', 's1', 's2']);
  });

  it('is everything with another model', () => {
    expect(picturesToMake(made(film), { ...model, revision: 'r2' })).toHaveLength(3);
  });

  it('has the pictures between morphing scenes after the scenes', () => {
    expect(names(morph)).toEqual(['s0', 's1', 's2', 's0/0', 's0/1', 's1/0', 's1/1']);
    const amounts = picturesToMake(morph, model).flatMap((task) =>
      task.kind === 'in-between' ? [task.settings.amount] : [],
    );
    expect(amounts).toEqual([1 / 3, 2 / 3, 1 / 3, 2 / 3]);
  });

  it('makes both sides of a changed scene again, and nothing between own pictures', () => {
    expect(names(changeScene(made(morph), 's0', { prompt: 'new' }))).toEqual(['s0', 's0/0', 's0/1']);
    expect(names(changeScene(made(morph), 's1', { picture: own }))).toEqual([]);
  });

  it('morphs to the picture that a locked scene keeps', () => {
    const locked = changeScene(made(morph), 's0', { locked: true, prompt: 'new' });
    expect(names(locked)).toEqual([]);
  });
});

describe('pictureStatus', () => {
  it('tells own, missing, stale and ready apart', () => {
    const status = (project: FilmProject) => pictureStatus(project, project.scenes[0]!, model);
    expect(status(film)).toBe('missing');
    expect(status(made(film))).toBe('ready');
    expect(status({ ...made(film), style: 'oil' })).toBe('stale');
    expect(status(changeScene(film, 's0', { picture: own }))).toBe('own');
  });
});

describe('fittingInBetweens', () => {
  it('gives the pictures between two scenes once all are there', () => {
    expect(fittingInBetweens(morph, 0)).toEqual([]);
    expect(fittingInBetweens(made(morph), 0).map(({ assetId }) => assetId)).toEqual(['asset3', 'asset4']);
    expect(fittingInBetweens(made(film), 0)).toEqual([]);
  });

  it('gives none that belong to other neighbours', () => {
    expect(fittingInBetweens(moveScene(made(morph), 's2', 1), 0)).toEqual([]);
  });

  it('still gives those of pictures that are out of date but shown', () => {
    expect(fittingInBetweens({ ...made(morph), style: 'oil' }, 0)).toHaveLength(2);
  });
});

describe('assetIds', () => {
  it('names pictures, in-betweens and music', () => {
    const music = { assetId: 'song', name: 'song.mp3', volumePercent: 100, startSec: 0 };
    expect(assetIds({ ...made(morph), music })).toHaveLength(8);
  });
});

describe('withKnownPictures', () => {
  it('takes what another state of the film has and still fits, and nothing else', () => {
    expect(names(withKnownPictures(film, made(film), model))).toEqual([]);
    const changed = made(changeScene(film, 's1', { prompt: 'new' }));
    expect(names(withKnownPictures(film, changed, model))).toEqual(['s1']);
    expect(names(withKnownPictures(morph, made(morph), model))).toEqual([]);
    expect(withKnownPictures(film, { ...film, scenes: [] }, model)).toEqual(film);
  });
});
