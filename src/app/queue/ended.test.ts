import { expect, test } from 'vitest';
import { filmJobOf, pictureJob } from '../../testing/queue-jobs.ts';
import type { QueueJob } from '../../domain/recipe/queue-job.ts';
import { endedJob, secondsLeft } from './ended.ts';
import type { QueueState, QueueStatus } from './queue-state.ts';

const queueOf = (...jobs: readonly (readonly [QueueJob, QueueStatus])[]): QueueState => ({
  entries: jobs.map(([job, state]) => ({ id: job.label, place: 1, job, state })),
  left: [],
});
const running = (change = {}): QueueStatus => ({
  ...{ status: 'running', atOnce: true, progress: null, cancelling: false },
  ...change,
});
const beach = pictureJob('beach', { count: 3 });

test('a job that has left is told with how much it made', () => {
  expect(endedJob(queueOf([beach, running()]), queueOf())).toEqual({
    ...{ label: 'beach', kind: 'picture', works: 3, failed: false },
  });
  const film = filmJobOf('dawn');
  expect(
    endedJob(queueOf([film, running()]), queueOf([film, { status: 'ready', fileName: 'f' }])),
  ).toMatchObject({
    ...{ kind: 'film', works: 1, failed: false },
  });
});

test('one that failed is told too; one that goes on or was cancelled is not', () => {
  const error = { code: 'internal', message: '' } as const;
  const before = queueOf([beach, running()]);
  expect(endedJob(before, queueOf([beach, { status: 'failed', error }]))?.failed).toBe(true);
  expect(endedJob(before, queueOf([beach, running({ progress: null })]))).toBeNull();
  expect(endedJob(queueOf([beach, running({ cancelling: true })]), queueOf())).toBeNull();
  expect(endedJob(queueOf([beach, { status: 'waiting' }]), queueOf())).toBeNull();
});

test('how long it will take is told once it is known', () => {
  const progress = { kind: 'pictures', expectedEndMs: 61_000 };
  expect(secondsLeft(queueOf([beach, running({ progress })]), 1000)).toBe(60);
  expect(secondsLeft(queueOf([beach, running()]), 1000)).toBeNull();
  expect(secondsLeft(queueOf(), 1000)).toBeNull();
});
