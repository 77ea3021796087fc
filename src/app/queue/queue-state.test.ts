import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filmJobOf, pictureJob } from '../../testing/queue-jobs.ts';
import { byPlace, jobSec, placeFor, waitingOf, type QueueEntry, type QueueState } from './queue-state.ts';
import { timingKey } from '../making/timings.ts';

const entry = (id: string, place: number, status: 'waiting' | 'failed' = 'waiting'): QueueEntry => ({
  id,
  place,
  job: pictureJob(id),
  state: status === 'waiting' ? { status } : { status, error: { code: 'internal', message: '' } },
});

const moved = (queue: QueueState, id: string, to: number): QueueState => {
  const place = placeFor(queue, id, to);
  if (place === null) return queue;
  const entries = queue.entries.map((each) => (each.id === id ? { ...each, place } : each));
  return { ...queue, entries: entries.toSorted(byPlace) };
};

test('a moved job stands at the place that was asked for, and the others keep their order', () => {
  const anyQueue = fc.array(fc.constantFrom('waiting' as const, 'failed' as const), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(anyQueue, fc.nat(7), fc.integer({ min: -2, max: 9 }), (states, from, to) => {
      const entries = states.map((status, index) => entry(`job-${index}`, index + 1, status));
      const before = { entries, left: [] };
      const waiting = waitingOf(before).map(({ id }) => id);
      const id = entries[from % entries.length]!.id;
      const after = waitingOf(moved(before, id, to)).map((each) => each.id);
      const expected = waiting.filter((each) => each !== id);
      if (waiting.includes(id)) expected.splice(Math.min(Math.max(0, to), waiting.length - 1), 0, id);
      expect(after).toEqual(expected);
    }),
  );
});

test('how long a job takes is told from what was measured here, and not guessed otherwise', () => {
  const job = pictureJob('a', { count: 3, made: 1 });
  const key = timingKey(job.model, 'wasm', job.settings);
  const timings = { [key]: { stepMs: 100, decodeMs: 500 } };
  expect(jobSec(job, {}, 'wasm')).toBeNull();
  expect(jobSec(job, timings, 'wasm')).toBeCloseTo(2 * (25 * 0.1 + 0.5));
  const film = filmJobOf('dawn');
  expect(jobSec(film, {}, 'wasm')).toBeNull();
  const ready = { ...film, cost: { ...film.cost, pictures: 0 } };
  expect(jobSec(ready, {}, 'wasm')).toBe(3);
  expect(jobSec({ ...ready, format: null }, {}, 'wasm')).toBe(0);
});
