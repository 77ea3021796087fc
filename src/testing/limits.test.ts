/** The table of limits, asked at every door: what it allows goes through all of them, one more through none. */
import { describe, expect, it, test } from 'vitest';
import { draftProblems } from '../app/picture/draft-problems.ts';
import type { Draft } from '../app/picture/draft.ts';
import { generateSchema } from '../domain/api/schemas.ts';
import { limits } from '../domain/limits.ts';
import { settingsSchema } from '../domain/recipe/recipe.ts';
import { filmProblems } from '../domain/video/check-film.ts';
import { validate } from '../worker/pipeline/validate.ts';
import { projectOf } from './films.ts';

const sideMultiple = 8;

const usual = {
  prompt: 'a cat',
  negativePrompt: '',
  steps: 20,
  guidanceScale: 7,
  seed: 1,
  width: 64,
  height: 64,
  sampler: 'model',
} as const;

const draft: Draft = {
  ...usual,
  schedule: undefined,
  noise: 'torch-cpu',
  speed: 'exact',
  variation: { seed: 0, strength: 0 },
  clipSkip: 1,
  seedLocked: false,
  count: 1,
  strength: 0.6,
};

type Asked = Partial<
  Pick<Draft, 'prompt' | 'steps' | 'guidanceScale' | 'seed' | 'width' | 'clipSkip' | 'count'>
>;

const apiNames: Record<keyof Asked, string> = {
  prompt: 'prompt',
  steps: 'num_inference_steps',
  guidanceScale: 'guidance_scale',
  seed: 'seed',
  width: 'width',
  clipSkip: 'clip_skip',
  count: 'count',
};

/** Whether each lets it pass. */
const doors = {
  'the page': (asked: Asked) => Object.keys(draftProblems({ ...draft, ...asked }, sideMultiple)).length === 0,
  'the engine': (asked: Asked) => {
    const { count = 1, ...settings } = asked;
    const params = { settings: { ...usual, ...settings }, count } as Parameters<typeof validate>[0];
    try {
      validate(params, { sizeMultiple: sideMultiple, canEncode: true });
      return true;
    } catch {
      return false;
    }
  },
  'the API': (asked: Asked) => {
    const fields = Object.entries(asked).map(([name, value]) => [apiNames[name as keyof Asked], value]);
    return generateSchema.safeParse({ prompt: 'a cat', ...Object.fromEntries(fields) }).success;
  },
  'a film': (asked: Asked) =>
    filmProblems(projectOf(['a', 'b'], { ...asked, hero: asked.prompt ?? '' })).length === 0,
  'a recipe': (asked: Asked) => settingsSchema.safeParse({ ...usual, ...asked }).success,
};

type Door = keyof typeof doors;

const { promptCharacters, steps, guidanceScale, seed, pictureSide, count } = limits;
const most: readonly [asked: Asked, more: Asked, at: readonly Door[]][] = [
  [{ steps: steps.max }, { steps: steps.max + 1 }, Object.keys(doors) as Door[]],
  [{ steps: steps.min }, { steps: steps.min - 1 }, Object.keys(doors) as Door[]],
  [
    { guidanceScale: guidanceScale.max },
    { guidanceScale: guidanceScale.max + 0.1 },
    // A recipe may say more than can be made.
    ['the page', 'the engine', 'the API', 'a film'],
  ],
  [{ seed: seed.max }, { seed: seed.max + 1 }, Object.keys(doors) as Door[]],
  [{ seed: seed.min }, { seed: seed.min - 1 }, Object.keys(doors) as Door[]],
  [
    { clipSkip: limits.clipSkip.max },
    { clipSkip: limits.clipSkip.max + 1 },
    ['the page', 'the engine', 'the API', 'a recipe'],
  ],
  // A film is larger than its pictures.
  [
    { width: pictureSide.max },
    { width: pictureSide.max + sideMultiple },
    ['the page', 'the engine', 'the API'],
  ],
  [{ count: count.max }, { count: count.max + 1 }, ['the page', 'the engine']],
  [
    { prompt: 'x'.repeat(promptCharacters) },
    { prompt: 'x'.repeat(promptCharacters + 1) },
    ['the page', 'the API', 'a film'],
  ],
];

describe.each(most)('%j', (asked, more, at) => {
  it.each(at)('is the last that passes %s', (door) => {
    expect([doors[door](asked), doors[door](more)]).toEqual([true, false]);
  });
});

test('what can be made can be written down and read again', () => {
  const { read, film } = limits;
  expect(read.side.min).toBeLessThanOrEqual(pictureSide.min);
  expect(read.side.max).toBeGreaterThanOrEqual(Math.max(pictureSide.max, film.side.max));
  expect(read.guidanceScale.max).toBeGreaterThanOrEqual(guidanceScale.max);
  expect(read.scenes).toBeGreaterThanOrEqual(film.scenes.max);
  expect(read.inBetweens).toBeGreaterThanOrEqual(film.inBetweens.max);
  expect(read.textCharacters).toBeGreaterThanOrEqual(promptCharacters);
});
