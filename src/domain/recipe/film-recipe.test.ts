import { describe, expect, it } from 'vitest';
import { projectOf } from '../../testing/films.ts';
import { changeScene } from '../video/edit.ts';
import { filmRecipeJson, parseFilmRecipeJson, parseProject } from './film-recipe.ts';

const film = projectOf(['a “quoted” beach\n', '🌊 海', 'c'], { hero: 'a fox', captioned: true });
const full = changeScene(film, 's1', {
  picture: { kind: 'made', assetId: 'p', key: 'k' },
  inBetweens: [{ assetId: 'q', key: 'l' }],
  transition: { kind: 'morph', frames: 24, inBetweens: 1 },
  seed: 7,
  durationSec: 1.5,
  motion: 'zoom-in',
  caption: '',
});
const model = { id: 'built-in', revision: 'r1' };

describe('film recipe', () => {
  it('comes back as it went, without pictures and sounds', () => {
    const withMusic = { ...full, music: { assetId: 's', name: 'song.mp3', volumePercent: 100, startSec: 0 } };
    const recipe = parseFilmRecipeJson(filmRecipeJson(withMusic, model, 'Zoetrope test'));
    const bare = changeScene(full, 's1', { picture: null, inBetweens: [] });
    expect(recipe).toMatchObject({ model, app: 'Zoetrope test', project: bare });
    expect(recipe.project.music).toBeNull();
  });

  it.each(['', 'hello', '{}', '{"version":1,"kind":"image"}', '[]', 'null'])(
    'says that %j is no film',
    (json) => {
      expect(() => parseFilmRecipeJson(json)).toThrow(expect.objectContaining({ code: 'file-corrupt' }));
    },
  );

  it('says when a film comes from a later version', () => {
    expect(() => parseFilmRecipeJson('{"version":2,"kind":"film"}')).toThrow(
      expect.objectContaining({ code: 'file-unreadable' }),
    );
  });
});

describe('parseProject', () => {
  it('takes what was stored, pictures included', () => {
    expect(parseProject(structuredClone(full))).toEqual(full);
  });

  it('takes unfinished films: what is wrong is told in the storyboard', () => {
    expect(parseProject({ ...film, fps: 0, scenes: [] })).toMatchObject({ fps: 0, scenes: [] });
  });

  it('keeps a number that was left empty, also through JSON', () => {
    const empty = changeScene({ ...film, fps: NaN }, 's0', { durationSec: NaN });
    expect(parseProject(structuredClone(empty))).toEqual(empty);
    const fromJson = parseProject(JSON.parse(JSON.stringify(empty)));
    expect(fromJson).toEqual(changeScene(empty, 's0', { durationSec: null }));
  });

  it.each([
    { scenes: 'none' },
    { motion: 'spin' },
    { transition: { kind: 'cross-fade' } },
    { fps: '24' },
    { scenes: [{ id: 'x' }] },
  ])('refuses %j', (damage) => {
    expect(() => parseProject({ ...film, ...damage })).toThrow(
      expect.objectContaining({ code: 'file-corrupt' }),
    );
  });
});

it('a film of before captions had a size has captions of the usual one', () => {
  const { captionSize, ...older } = projectOf(['a', 'b']);
  expect(captionSize).toBe('normal');
  expect(parseProject(JSON.parse(JSON.stringify(older))).captionSize).toBe('normal');
});

it('a film of before volume and silence has its music as the file has it', () => {
  const { silentTrack, gif, musicAfter, ...older } = projectOf(['a', 'b']);
  expect(silentTrack).toBe(true);
  const music = { assetId: 'song', name: 'song.mp3' };
  expect(parseProject(JSON.parse(JSON.stringify({ ...older, music })))).toMatchObject({
    music: { ...music, volumePercent: 100, startSec: 0 },
    silentTrack: true,
    gif,
    musicAfter,
  });
});
