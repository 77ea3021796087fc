import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectOf } from '../../testing/films.ts';
import {
  changeScene,
  duplicateScene,
  insertScenes,
  moveScene,
  promptsFromList,
  removeScene,
} from './edit.ts';
import { newScene, type FilmProject } from './project.ts';

const film = projectOf(['a', 'b', 'c', 'd']);
const prompts = ({ scenes }: FilmProject) => scenes.map(({ prompt }) => prompt).join('');

describe('storyboard edits', () => {
  it('inserts, changes, duplicates and removes without touching the old project', () => {
    expect(prompts(insertScenes(film, 1, [newScene('x', 'x'), newScene('y', 'y')]))).toBe('axybcd');
    expect(prompts(changeScene(film, 's1', { prompt: 'B' }))).toBe('aBcd');
    expect(prompts(duplicateScene(film, 's3', 'new'))).toBe('abcdd');
    expect(prompts(removeScene(film, 's0'))).toBe('bcd');
    expect(prompts(film)).toBe('abcd');
  });

  it('gives a duplicate its own id and no lock, but the same picture', () => {
    const picture = { kind: 'made', assetId: 'p', key: 'k' } as const;
    const locked = changeScene(film, 's1', { locked: true, picture });
    expect(duplicateScene(locked, 's1', 'new').scenes[2]).toMatchObject({
      id: 'new',
      locked: false,
      picture,
    });
  });

  it.each([
    ['s0', 2, 'bcad'],
    ['s3', 0, 'dabc'],
    ['s1', 1, 'abcd'],
    ['s0', 99, 'bcda'],
    ['s3', -1, 'dabc'],
    ['none', 1, 'abcd'],
  ])('moves %s to place %d: %s', (id, to, order) => {
    expect(prompts(moveScene(film, id, to))).toBe(order);
  });

  it('never loses or doubles a scene when moving', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -2, max: 6 }), (from, to) => {
        const ids = moveScene(film, `s${from}`, to).scenes.map(({ id }) => id);
        expect(ids.toSorted()).toEqual(['s0', 's1', 's2', 's3']);
      }),
    );
  });
});

describe('promptsFromList', () => {
  it('makes one prompt a line, without list marks and empty lines', () => {
    expect(promptsFromList('1. a beach\r\n\n- a forest\n  • a city at noon \n2) 3 dogs\n10 cats')).toEqual([
      'a beach',
      'a forest',
      'a city at noon',
      '3 dogs',
      '10 cats',
    ]);
  });
});
