import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftProblems, nearestSide } from './draft-problems.ts';
import type { Draft } from './draft.ts';

const good: Draft = {
  prompt: 'a beach',
  negativePrompt: '',
  steps: 25,
  guidanceScale: 0,
  seed: 2 ** 40,
  width: 512,
  height: 320,
  sampler: 'model',
  noise: 'torch-cpu',
  speed: 'exact',
  variation: { seed: 0, strength: 0 },
  clipSkip: 1,
  seedLocked: false,
  count: 1,
  strength: 0.5,
};

const fieldsWrong = (change: Partial<Draft>, multiple = 32) =>
  Object.keys(draftProblems({ ...good, ...change }, multiple));

test('a good draft has no problem: guidance 0 and seeds beyond 32 bits are allowed', () => {
  expect(fieldsWrong({})).toEqual([]);
});

test.each<[Partial<Draft>, string]>([
  [{ prompt: ' \n ' }, 'prompt'],
  [{ prompt: 'a'.repeat(10_001) }, 'prompt'],
  [{ negativePrompt: 'a'.repeat(10_001) }, 'negativePrompt'],
  [{ steps: 0 }, 'steps'],
  [{ steps: 151 }, 'steps'],
  [{ steps: 2.5 }, 'steps'],
  [{ steps: NaN }, 'steps'],
  [{ guidanceScale: -1 }, 'guidanceScale'],
  [{ guidanceScale: NaN }, 'guidanceScale'],
  [{ seed: -1 }, 'seed'],
  [{ seed: 2 ** 53 }, 'seed'],
  [{ count: 17 }, 'count'],
  [{ strength: 1.1 }, 'strength'],
  [{ width: 500 }, 'size'],
  [{ height: NaN }, 'size'],
])('%j is told beside %s alone', (change, field) => {
  expect(fieldsWrong(change)).toEqual([field]);
});

test('a variation needs a seed and a strength that the noise can have', () => {
  const problems = (seed: number, strength: number) =>
    Object.keys(draftProblems({ ...good, variation: { seed, strength } }, 8));
  expect(problems(2 ** 40, 1)).toEqual([]);
  expect(problems(-1, 1.2)).toEqual(['variationStrength', 'variationSeed']);
  expect(problems(NaN, NaN)).toEqual(['variationStrength', 'variationSeed']);
});

test('Hires. fix has limits of its own, and the picture that comes out has too', () => {
  const problems = (change: object, width = 512) => {
    const hires = { scale: 2, steps: 0, strength: 0.7, upscaler: { kind: 'latent' }, ...change } as const;
    return Object.keys(draftProblems({ ...good, width, hires }, 8));
  };
  expect(problems({})).toEqual([]);
  expect(problems({ scale: 0.5, steps: 1.5, strength: 2 })).toEqual([
    ...['hiresScale', 'hiresSteps', 'hiresStrength'],
  ]);
  expect(problems({ scale: 4 }, 1024)).toEqual([]);
  expect(problems({ scale: 4 }, 1032)).toEqual(['hiresScale']);
});

test('10,000 characters are accepted', () => {
  expect(fieldsWrong({ prompt: 'a'.repeat(10_000) })).toEqual([]);
});

test('the size that is offered instead is always one that the model takes', () => {
  const side = fc.double({ min: -5000, max: 9000, noNaN: true });
  fc.assert(
    fc.property(side, side, fc.constantFrom(8, 32, 64), (width, height, multiple) => {
      const { size } = draftProblems({ ...good, width, height }, multiple);
      if (size) expect(fieldsWrong({ ...size.nearest }, multiple)).toEqual([]);
      else expect([nearestSide(width, multiple), nearestSide(height, multiple)]).toEqual([width, height]);
    }),
  );
});
