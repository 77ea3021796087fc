import { expect, test } from 'vitest';
import { robotRecipe } from '../../testing/recipes.ts';
import { drawnRuns } from './drawn-runs.ts';

const { settings } = robotRecipe;

test('without a choice all pictures are one run', () => {
  expect(drawnRuns(settings, 4, {})).toEqual([{ settings, count: 4 }]);
});

test('with one each picture has what its seed draws, wherever it comes in the run', () => {
  const asked = { ...settings, prompt: 'a {red|green|blue} __animal__', negativePrompt: '{people|text}' };
  const lists = { animal: ['fox', 'cat'] };
  const four = drawnRuns(asked, 4, lists);
  expect(four.map(({ settings: drawn, count }) => [drawn.seed, count])).toEqual([
    [42, 1],
    [43, 1],
    [44, 1],
    [45, 1],
  ]);
  for (const { settings: drawn } of four) {
    expect(drawn.prompt).toMatch(/^a (red|green|blue) (fox|cat)$/);
    expect(drawn.negativePrompt).toMatch(/^(people|text)$/);
  }
  expect(drawnRuns({ ...asked, seed: 44 }, 1, lists)[0]).toEqual(four[2]);
});
