import { expect, test } from 'vitest';
import { goldenJson } from '../../../testing/golden.ts';
import { schedulePrompt } from './prompt-schedule.ts';

interface ScheduleCase {
  readonly prompt: string;
  readonly steps: number;
  readonly schedule: readonly (readonly [untilStep: number, text: string])[];
}

const { cases } = goldenJson<{ cases: readonly ScheduleCase[] }>('prompt-schedules.json');

const differing = cases.filter(({ prompt, steps, schedule }) => {
  const ours = schedulePrompt(prompt, steps).map(({ untilStep, text }) => [untilStep, text]);
  return JSON.stringify(ours) !== JSON.stringify(schedule);
});

test('prompts change at the steps at which AUTOMATIC1111’s parser changes them', () => {
  const isLeftAlone = ({ prompt, schedule }: ScheduleCase) =>
    schedule.length === 1 && schedule[0]![1] === prompt;
  expect(differing.filter((found) => !isLeftAlone(found))).toEqual([]);
});

test('where brackets are left over, that parser leaves 7 of 900 prompts alone although they have a whole change in them', () => {
  expect(differing).toHaveLength(7);
  for (const { prompt } of differing) expect(prompt).toMatch(/\[a:b:0\.5\]/);
});
