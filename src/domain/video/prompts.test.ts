import { describe, expect, it } from 'vitest';
import { projectOf } from '../../testing/films.ts';
import { pictureKey, pictureSize, scenePrompt, sceneSeed, sceneSettings, settingsOfKey } from './prompts.ts';

const model = { id: 'built-in', revision: 'r1', nativeWidth: 256, nativeHeight: 256, sizeMultiple: 32 };

describe('scenePrompt', () => {
  it.each([
    ['', 'a beach at noon', '', 'a beach at noon'],
    ['a red fox', 'on a beach', 'watercolour', 'a red fox, on a beach, watercolour'],
    ['a red fox', 'A Red Fox asleep', '', 'A Red Fox asleep'],
    ['a red fox', 'a forest where {hero} sleeps', '', 'a forest where a red fox sleeps'],
    ['', 'a forest with {hero}', '', 'a forest with'],
    [' a red fox, ', ' , a beach,', ', oil ', 'a red fox, a beach, oil'],
    ['a red fox', '', 'oil', 'a red fox, oil'],
  ])('weaves hero “%s” into “%s” with style “%s”', (hero, scene, style, prompt) => {
    expect(scenePrompt({ hero, style }, scene)).toBe(prompt);
  });
});

describe('sceneSeed', () => {
  it('is the film’s for all scenes, unless a scene has its own', () => {
    const { scenes, ...film } = projectOf(['a', 'b']);
    expect(scenes.map((scene) => sceneSeed(film, scene))).toEqual([42, 42]);
    expect(sceneSeed(film, { ...scenes[0]!, seed: 7 })).toBe(7);
  });

  it('differs from scene to scene in per-scene mode, hangs on the scene and not on its place, and stays a safe integer', () => {
    const film = projectOf(['a', 'b'], { seedMode: 'per-scene', seed: Number.MAX_SAFE_INTEGER });
    const [first, second] = film.scenes.map((scene) => sceneSeed(film, scene));
    expect(first).not.toBe(second);
    expect(Number.isSafeInteger(first)).toBe(true);
    expect(sceneSeed(film, [...film.scenes].reverse()[1]!)).toBe(first);
  });
});

describe('pictureSize', () => {
  it.each([
    [512, 512, 256, 256],
    [1920, 1080, 352, 192],
    [1080, 1920, 192, 352],
    [3840, 64, 1984, 32],
  ])('fits %d × %d to the model’s trained area as %d × %d', (width, height, wide, high) => {
    expect(pictureSize({ width, height }, model)).toEqual({ width: wide, height: high });
  });
});

describe('pictureKey', () => {
  const film = projectOf(['a', 'b', 'c'], { transition: { kind: 'morph', frames: 12, inBetweens: 3 } });
  const key = (changes: Partial<typeof film>, index = 0) => {
    const project = { ...film, ...changes };
    return pictureKey(model, sceneSettings(project, project.scenes[index]!, model));
  };

  it('changes with whatever changes the pixels', () => {
    const speed = 'fast' as const;
    const others = [{ seed: 1 }, { steps: 9 }, { width: 1024 }, { speed }];
    for (const changes of [{ hero: 'fox' }, { style: 'oil' }, ...others]) {
      expect(key(changes)).not.toBe(key({}));
    }
    expect(pictureKey({ ...model, revision: 'r2' }, sceneSettings(film, film.scenes[0]!, model))).not.toBe(
      key({}),
    );
  });

  it('does not change with what does not', () => {
    for (const changes of [
      { fps: 30 },
      { captioned: true },
      { sceneDurationSec: 1 },
      { width: 1024, height: 1024 },
    ]) {
      expect(key(changes)).toBe(key({}));
    }
  });

  it('of an exact picture is what it was before there was a choice, so that no film is made again', () => {
    const [id, revision, ...values] = JSON.parse(key({})) as unknown[];
    expect([id, revision]).toEqual([model.id, model.revision]);
    expect(values).toHaveLength(8);
  });

  it('holds the settings that made the picture', () => {
    const settings = sceneSettings(film, film.scenes[0]!, model);
    expect(settingsOfKey(pictureKey(model, settings))).toEqual(settings);
    const fast = sceneSettings({ ...film, speed: 'fast' }, film.scenes[0]!, model);
    expect(settingsOfKey(pictureKey(model, fast))).toEqual({ ...settings, speed: 'fast' });
    expect(settingsOfKey('no key')).toBeNull();
    expect(settingsOfKey('[1]')).toBeNull();
  });
});
