import { expect, test } from 'vitest';
import { advance, beginProgress } from '../engine/progress.ts';
import { pictureEvents } from '../../testing/held-engine.ts';
import { announcement } from './announcements.ts';
import { english } from '../../testing/english.ts';
import type { RunState } from '../picture/picture-state.ts';

const settings = {
  prompt: 'a beach',
  negativePrompt: '',
  steps: 40,
  guidanceScale: 4,
  seed: 1,
  width: 64,
  height: 64,
  sampler: 'model',
} as const;

test('a run is announced at its start, about every quarter, and at its end, not at every step', () => {
  const model = { id: 'm', revision: 'r', source: { kind: 'stored' } } as const;
  const events = pictureEvents({ model, backend: 'wasm', settings, count: 1 }, 0);
  let progress = beginProgress(settings.steps, 1, null);
  const running = () =>
    ({ status: 'running', settings, progress, expectedEndMs: null, cancelling: false }) as const;
  const states: RunState[] = [{ status: 'idle' }, running()];
  for (const event of events) {
    progress = advance(progress, event);
    states.push(running());
  }
  states.push({ status: 'done', pictureIds: ['picture-1'], seconds: 4.2 });
  const told = states.map((state, index) => announcement(english, states[index - 1] ?? state, state));
  expect(told.filter((words) => words !== null)).toEqual([
    'Drawing the picture.',
    '25 percent.',
    '50 percent.',
    '75 percent.',
    'Picture ready after 4.2 s.',
  ]);
});

test('a cancel is told as one, a failure by its title', () => {
  const idle: RunState = { status: 'idle' };
  expect(announcement(english, idle, { status: 'cancelled' })).toBe('Cancelled.');
  const error = { code: 'worker-crashed', message: 'died' } as const;
  expect(announcement(english, idle, { status: 'failed', error, settings })).toBe(
    'The picture engine stopped.',
  );
});
