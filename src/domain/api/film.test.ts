import { expect, test } from 'vitest';
import { filmHeaders, filmInfo, requestedFilm } from './film.ts';
import { videoSchema } from './schemas.ts';

const video = (fields: object) => videoSchema.parse({ scenes: ['a', 'b', 'c'], ...fields });

test("the contract's example: three scenes at the defaults are 240 frames, 10.0 s", () => {
  expect(filmInfo(video({}), 42.5)).toEqual({
    scenes_count: 3,
    frames_per_scene: 72,
    transition_frames: 12,
    total_frames: 240,
    total_duration_seconds: 10,
    fps: 24,
    resolution: '512x512',
    estimated_generation_time_seconds: 42.5,
  });
  expect(filmHeaders(video({}), 7)).toEqual({
    'x-video-scenes': '3',
    'x-video-duration': '10.0',
    'x-video-fps': '24',
    'x-hero-used': 'false',
    'x-seed': '7',
  });
});

test('frames of a scene are rounded down, and a film of part seconds says so', () => {
  const info = filmInfo(video({ duration_per_scene: 0.99, fps: 7, transition_frames: 1 }), 0);
  expect(info).toMatchObject({ frames_per_scene: 6, total_frames: 20, total_duration_seconds: 20 / 7 });
  expect(filmHeaders(video({ duration_per_scene: 0.5, fps: 8 }), 0)['x-video-duration']).toBe('4.5');
});

test('X-Hero-Used is the truth', () => {
  const used = (hero_description: string) => filmHeaders(video({ hero_description }), 0)['x-hero-used'];
  expect(used('a red fox')).toBe('true');
  expect(used('  ')).toBe('false');
});

test('a request becomes the film that a person would make with the same settings', () => {
  const choices = { id: 'x', seed: 5, guidanceScale: 4, sampler: 'euler' } as const;
  const film = requestedFilm(video({ hero_description: 'a fox', transition: 'wipe', seed: 0 }), choices);
  expect(film).toMatchObject({
    hero: 'a fox',
    seed: 0,
    guidanceScale: 4,
    sampler: 'euler',
    seedMode: 'common',
  });
  expect(film.transition).toMatchObject({ kind: 'wipe', frames: 12 });
  expect(film.scenes.map((scene) => scene.prompt)).toEqual(['a', 'b', 'c']);
});
