import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPromptList } from './prompt-list.ts';

test('each line that is not empty is a prompt', () => {
  const list = readPromptList('a red fox\r\n\n  a sailboat, (storm:1.2) \n');
  expect(list.map(({ settings }) => settings)).toEqual([
    { prompt: 'a red fox' },
    { prompt: 'a sailboat, (storm:1.2)' },
  ]);
});

test('a line may carry settings, and what means nothing here is named', () => {
  const line =
    '--prompt "a \\"red\\" fox" --negative_prompt \'people\' --steps 9 --cfg_scale 5.5 --seed 3 --width 256 --height 192 --sampler_name "Euler a" --tiling true --n_iter 2';
  expect(readPromptList(line)).toEqual([
    {
      settings: {
        ...{ prompt: 'a "red" fox', negativePrompt: 'people', steps: 9, guidanceScale: 5.5, seed: 3 },
        ...{ width: 256, height: 192, sampler: 'euler-ancestral' },
      },
      count: 2,
      unknown: ['--tiling'],
      unreadable: {},
    },
  ]);
  expect(readPromptList('--prompt fox --steps many --sampler_name Own')[0]?.unreadable).toEqual({
    steps: 'many',
    sampler: 'Own',
  });
});

test('any text is a list, no longer than its lines', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('--prompt ', '--', '"', "'", 'a b', '\n', ' --steps ', '\\')),
      (parts) => {
        const text = parts.join('');
        expect(readPromptList(text).length).toBeLessThanOrEqual(text.split('\n').length);
      },
    ),
  );
});
