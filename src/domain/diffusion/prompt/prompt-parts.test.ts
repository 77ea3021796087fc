import { expect, test } from 'vitest';
import { drawnText, promptParts, textsOf } from './prompt-parts.ts';
import { promptAtStep } from './prompt-schedule.ts';
import { parsePromptWeights } from './prompt-weighting.ts';

test('AND draws several prompts at once, each with its weight', () => {
  const parts = promptParts('a red fox AND a sailboat :0.7', 10);
  expect(parts.map(({ schedule, weight }) => [schedule[0]!.text.trim(), weight])).toEqual([
    ['a red fox', 1],
    ['a sailboat', 0.7],
  ]);
  expect(promptParts('SAND and a colon :2', 10)).toEqual([
    { schedule: [{ untilStep: 10, text: 'SAND and a colon :2' }], weight: 1 },
  ]);
});

test('a part may change while the others stay', () => {
  const [first, second] = promptParts('a [fox:boat:0.5] AND a cliff', 4);
  const at = (part: typeof first, step: number) => promptAtStep(part!.schedule, step).trim();
  expect([1, 2, 3, 4].map((step) => at(first, step))).toEqual(['a fox', 'a fox', 'a boat', 'a boat']);
  expect(at(second, 3)).toBe('a cliff');
});

test('tags of extra networks never reach the text encoder', () => {
  expect(drawnText('a fox, <lora:own-style-v2:0.8>, <hypernet:own:0.5>')).toBe('a fox, , ');
});

test('a prompt that takes turns is encoded once for each text', () => {
  expect(textsOf('a [fox|boat] in a forest', 50)).toEqual(['a fox in a forest', 'a boat in a forest']);
});

test('a backslash that stands before no bracket goes, as there', () => {
  expect(parsePromptWeights('(happy \\:D) girl')[0]).toEqual([
    { text: 'happy :D', weight: 1.1 },
    { text: ' girl', weight: 1 },
  ]);
});
