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
  expect(differing).toEqual([]);
});
