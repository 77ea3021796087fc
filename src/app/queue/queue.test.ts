import { beforeEach, expect, test } from 'vitest';
import { createStore } from '../base/store.ts';
import { AppError } from '../../domain/errors.ts';
import { abortError } from '../../engine/rpc.ts';
import { pictureJob } from '../../testing/queue-jobs.ts';
import type { QueueRecords, StoredJob } from './storage/queue-records.ts';
import type { AppState } from '../shell/app-state.ts';
import { createTurns } from '../engine/turns.ts';
import type { QueueKeeping } from './queue-keeping.ts';
import { emptyQueue } from './queue-state.ts';
import { createQueue, type QueueEnd, type QueueTools } from './queue.ts';
import { inEnglish } from '../../testing/english.ts';
import type { ToastAction } from '../base/toasts.ts';

interface Running {
  readonly label: string;
  readonly tools: QueueTools;
  readonly end: (end: QueueEnd) => Promise<void>;
  readonly fail: (error: Error) => Promise<void>;
}

let runs: Running[];
let told: { message: string; actions: readonly ToastAction[] }[];
let stored: Map<string, StoredJob>;

beforeEach(() => {
  runs = [];
  told = [];
  stored = new Map();
});

/** The writes of the queue and its turns are all promises that are kept at once. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

function openQueue(change: Partial<QueueRecords> = {}) {
  const store = createStore(() => ({ queue: emptyQueue }) as AppState);
  const jobs = createTurns();
  const records = {
    put: (all: readonly StoredJob[]) => Promise.resolve(all.forEach((job) => void stored.set(job.id, job))),
    change: (id: string, update: Partial<StoredJob>) =>
      Promise.resolve(void stored.set(id, { ...stored.get(id)!, ...update })),
    remove: (ids: readonly string[]) => Promise.resolve(ids.forEach((id) => void stored.delete(id))),
    ...change,
  } as QueueRecords;
  const keeping: QueueKeeping = {
    records: () => Promise.resolve(records),
    owner: { me: 'me', known: () => Promise.resolve(), gone: () => Promise.resolve() },
    channel: { postMessage: () => undefined, addEventListener: () => undefined },
  };
  let lastId = 0;
  const queue = createQueue({
    store,
    turns: jobs,
    keeping,
    newId: () => `job-${++lastId}`,
    run: (job, tools) =>
      new Promise<QueueEnd>((resolve, reject) => {
        tools.signal.addEventListener('abort', () => resolve({ status: 'cancelled' }), { once: true });
        const end = (ended: QueueEnd) => (resolve(ended), settled());
        const fail = (error: Error) => (reject(error), settled());
        runs.push({ label: job.label, tools, end, fail });
      }),
    tell: (message, actions = []) => void told.push({ message: inEnglish(message), actions }),
  });
  const entries = () => store.getState().queue.entries;
  const labels = () => entries().map(({ job, state }) => `${job.label} ${state.status}`);
  const idOf = (label: string) => entries().find(({ job }) => job.label === label)!.id;
  const add = (...names: string[]) => names.forEach((name) => queue.add(pictureJob(name)));
  return { queue, jobs, labels, idOf, add, entries };
}

const done: QueueEnd = { status: 'done' };
const begun = () => runs.map(({ label }) => label);
const undo = () => told.at(-1)!.actions[0]!.run();

test('one is made at a time, in order, and what is done leaves the queue and the storage', async () => {
  const { add, labels } = openQueue();
  add('a', 'b', 'c');
  expect(labels()).toEqual(['a running', 'b waiting', 'c waiting']);
  await settled();
  expect([...stored.values()].map(({ job }) => job.label)).toEqual(['a', 'b', 'c']);
  await runs[0]!.end(done);
  expect(labels()).toEqual(['b running', 'c waiting']);
  await runs[1]!.end(done);
  await runs[2]!.end(done);
  expect([labels(), stored.size, begun()]).toEqual([[], 0, ['a', 'b', 'c']]);
});

test('those that wait change places, also in the storage; the running one stays first', async () => {
  const { queue, add, labels, idOf } = openQueue();
  add('a', 'b', 'c', 'd');
  queue.move(idOf('d'), 0);
  queue.move(idOf('b'), 9);
  queue.move(idOf('a'), 2);
  expect(labels()).toEqual(['a running', 'd waiting', 'c waiting', 'b waiting']);
  await settled();
  const byPlace = [...stored.values()].sort((one, other) => one.place - other.place);
  expect(byPlace.map(({ job }) => job.label)).toEqual(['a', 'd', 'c', 'b']);
});

test('a failed job, told or thrown, never stops the next, and can be tried again at its place', async () => {
  const { queue, add, labels, idOf } = openQueue();
  add('a', 'b', 'c');
  const error = { code: 'out-of-memory', message: '' } as const;
  await runs[0]!.end({ status: 'failed', error, shown: true });
  expect(labels()).toEqual(['a failed', 'b running', 'c waiting']);
  await runs[1]!.fail(new AppError('worker-crashed', 'gone'));
  expect(labels()).toEqual(['a failed', 'b failed', 'c running']);
  expect(stored.size).toBe(3);
  queue.retry(idOf('b'));
  await runs[2]!.end(done);
  expect(labels()).toEqual(['a failed', 'b running']);
  queue.cancel(idOf('a'));
  expect([labels(), told.at(-1)!.message]).toEqual([['b running'], 'Removed from the queue.']);
});

test('a failure that its own screen tells is not told twice when nothing else waits', async () => {
  const { add, labels } = openQueue();
  add('a');
  await runs[0]!.end({ status: 'failed', error: { code: 'internal', message: '' }, shown: true });
  expect(labels()).toEqual([]);
});

test('a cancelled job comes back to its place with “Undo”, with its source', async () => {
  const { queue, labels, add, idOf } = openQueue();
  add('a');
  const source = new Blob(['cat']);
  queue.add(pictureJob('b'), source);
  add('c');
  queue.cancel(idOf('b'));
  await settled();
  expect([labels(), stored.size]).toEqual([['a running', 'c waiting'], 2]);
  undo();
  await settled();
  expect([labels(), stored.size]).toEqual([['a running', 'b waiting', 'c waiting'], 3]);
  await runs[0]!.end(done);
  expect(runs[1]!.tools.source).toBe(source);
});

test('cancelling all stops the running one and forgets the rest; “Undo” brings all back in order', async () => {
  const { queue, labels, add } = openQueue();
  add('a', 'b', 'c');
  queue.cancelAll();
  expect(runs[0]!.tools.signal.aborted).toBe(true);
  await settled();
  expect([labels(), stored.size, told.at(-1)!.message]).toEqual([[], 0, '3 jobs cancelled.']);
  undo();
  await settled();
  expect(labels()).toEqual(['a running', 'b waiting', 'c waiting']);
});

test('“Undo” before the running one has stopped waits for that', async () => {
  const { queue, labels, add, idOf } = openQueue();
  add('a', 'b');
  queue.cancel(idOf('a'));
  undo();
  await settled();
  expect(labels()).toEqual(['a running', 'b waiting']);
  expect(runs).toHaveLength(2);
});

test('pictures that are kept already are counted, here and in the storage: a crash does not make them again', async () => {
  const { queue, entries } = openQueue();
  queue.add(pictureJob('a', { count: 3 }));
  runs[0]!.tools.made(1);
  runs[0]!.tools.made(1);
  await settled();
  expect(entries()[0]!.job).toMatchObject({ count: 3, made: 2 });
  expect(stored.get(entries()[0]!.id)!.job).toMatchObject({ made: 2 });
});

test('a file that lies nowhere else stays in the queue until it has been taken away', async () => {
  const { queue, add, labels, idOf } = openQueue();
  add('a', 'b');
  const file = new Blob(['zip']);
  const id = idOf('a');
  await runs[0]!.end({ status: 'file', file, fileName: 'a.zip' });
  expect(labels()).toEqual(['a ready', 'b running']);
  expect(queue.file(id)).toBe(file);
  queue.cancel(id);
  expect([labels(), queue.file(id)]).toEqual([['b running'], undefined]);
});

test('scripts wait as long as anything waits here, and no longer', async () => {
  const { add, jobs } = openQueue();
  add('a', 'b');
  let served = false;
  const script = jobs.add({ kind: 'api-image', run: () => Promise.resolve((served = true)) });
  await runs[0]!.end(done);
  expect(served).toBe(false);
  await runs[1]!.end(done);
  await script.done;
  expect(served).toBe(true);
});

test('storage that does not answer is told once, and the queue goes on', async () => {
  const { add, labels } = openQueue({ put: () => Promise.reject(new AppError('storage-full', 'full')) });
  add('a', 'b');
  await settled();
  expect(told.map(({ message }) => message)).toEqual([
    'The queue could not be stored: it lasts until this page is closed.',
  ]);
  await runs[0]!.end(done);
  expect(labels()).toEqual(['b running']);
});

test('a run that rejects with an abort of its own is not mistaken for a crash of the queue', async () => {
  const { add, labels } = openQueue();
  add('a', 'b');
  await runs[0]!.fail(abortError());
  expect(labels()[1] ?? labels()[0]).toBe('b running');
});
