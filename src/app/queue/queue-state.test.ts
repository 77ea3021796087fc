import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filmJobOf, pictureJob } from '../../testing/queue-jobs.ts';
import { byPlace, jobSec, placeFor, waitingOf, type LineEntry, type LineState } from './queue-state.ts';
import { paceKey } from '../making/timings.ts';

const entry = (id: string, place: number, status: 'waiting' | 'failed' = 'waiting'): LineEntry => ({
  id,
  place,
  job: pictureJob(id),
  state: status === 'waiting' ? { status } : { status, error: { code: 'internal', message: '' } },
});

const moved = (line: LineState, id: string, to: number): LineState => {
  const place = placeFor(line, id, to);
  if (place === null) return line;
  const entries = line.entries.map((each) => (each.id === id ? { ...each, place } : each));
  return { ...line, entries: entries.toSorted(byPlace) };
};

test('a moved job stands at the place that was asked for, and the others keep their order', () => {
  const anyLine = fc.array(fc.constantFrom('waiting' as const, 'failed' as const), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(anyLine, fc.nat(7), fc.integer({ min: -2, max: 9 }), (states, from, to) => {
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
  const key = paceKey(job.model, 'wasm', job.settings);
  const paces = { [key]: { stepMs: 100, decodeMs: 500 } };
  expect(jobSec(job, {}, 'wasm')).toBeNull();
  expect(jobSec(job, paces, 'wasm')).toBeCloseTo(2 * (25 * 0.1 + 0.5));
  const film = filmJobOf('dawn');
  expect(jobSec(film, {}, 'wasm')).toBeNull();
  const ready = { ...film, cost: { ...film.cost, pictures: 0 } };
  expect(jobSec(ready, {}, 'wasm')).toBe(3);
  expect(jobSec({ ...ready, format: null }, {}, 'wasm')).toBe(0);
});
