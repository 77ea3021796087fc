import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { pictureJob } from '../../testing/queue-jobs.ts';
import { openStore } from '../../engine/idb.ts';
import { createQueueRecords, type StoredJob } from './storage/queue-records.ts';
import { createStore } from '../base/store.ts';
import type { AppContext } from '../shell/app-context.ts';
import type { AppState } from '../shell/app-state.ts';
import { leftActions } from './queue-left.ts';
import { emptyQueue } from './queue-state.ts';
import { inEnglish } from '../../testing/english.ts';
import type { Toast } from '../base/toasts.ts';

const store = openStore('left-test');
const records = createQueueRecords(store);

afterEach(() => store.clear());

const stored = (id: string, owner: string, change: Partial<StoredJob> = {}): StoredJob => ({
  ...{ id, owner, place: 1, job: pictureJob(id), source: null },
  ...change,
});

/** Pages that end when the test says so; what one posts, the other hears. */
function browser() {
  const listeners: (() => void)[] = [];
  const ends = new Map<string, { readonly done: Promise<void>; readonly end: () => void }>();
  const pageOf = (name: string) => {
    let end!: () => void;
    const done = new Promise<void>((resolve) => (end = resolve));
    const page = ends.get(name) ?? { done, end };
    ends.set(name, page);
    return page;
  };
  const open = (me: string) => {
    const taken: string[] = [];
    const page = createStore(
      () => ({ queue: emptyQueue, toasts: [] as readonly Toast[] }) as unknown as AppState,
    );
    const context = {
      store: page,
      deps: {
        queue: {
          records: () => Promise.resolve(records),
          owner: { me, known: () => Promise.resolve(), gone: (owner: string) => pageOf(owner).done },
          channel: {
            postMessage: () => listeners.forEach((hear) => hear()),
            addEventListener: (_: string, hear: unknown) => void listeners.push(hear as () => void),
          },
        },
      },
      queue: { take: (jobs: readonly StoredJob[]) => void taken.push(...jobs.map(({ id }) => id)) },
      open: { lastId: 0, toastActions: new Map(), toastEnds: new Map() },
    } as unknown as AppContext;
    const left = () => page.getState().queue.left.map(({ id }) => id);
    const undo = () => [...context.open.toastActions.values()].at(-1)![0]!.run();
    return { ...leftActions(context), left, taken, undo, toasts: () => page.getState().toasts };
  };
  return { open, end: (name: string) => pageOf(name).end() };
}

test('jobs of a page that is gone are asked about, those of one that lives only once it is gone', async () => {
  const { open, end } = browser();
  await records.put([stored('a', 'old'), stored('b', 'alive')]);
  end('old');
  const page = open('me');
  const all = page.findLeft();
  await vi.waitFor(() => expect(page.left()).toEqual(['a']));
  end('alive');
  await all;
  expect(page.left()).toEqual(['a', 'b']);
});

test('going on takes them into this page’s queue, and no other page can do so any more', async () => {
  const { open, end } = browser();
  await records.put([stored('a', 'old'), stored('b', 'old', { place: 2 })]);
  end('old');
  const [first, second] = [open('one'), open('two')];
  await Promise.all([first.findLeft(), second.findLeft()]);
  expect(second.left()).toEqual(['a', 'b']);
  await first.goOn();
  expect([first.taken, first.left()]).toEqual([['a', 'b'], []]);
  await vi.waitFor(() => expect(second.left()).toEqual([]));
  expect((await records.list()).map(({ owner }) => owner)).toEqual(['one', 'one']);
});

test('two pages that go on at the same time share nothing twice, and the later one says so', async () => {
  const { open, end } = browser();
  await records.put([stored('a', 'old')]);
  end('old');
  const [first, second] = [open('one'), open('two')];
  await Promise.all([first.findLeft(), second.findLeft()]);
  await Promise.all([first.goOn(), second.goOn()]);
  expect([...first.taken, ...second.taken]).toEqual(['a']);
  const messages = [...first.toasts(), ...second.toasts()].map(({ message }) => inEnglish(message));
  expect(messages).toEqual(['Another tab goes on with it.']);
});

test('what is discarded is gone from the storage, and “Undo” brings it back, to be asked about again', async () => {
  const { open, end } = browser();
  await records.put([stored('a', 'old'), stored('b', 'old', { place: 2 })]);
  end('old');
  const page = open('me');
  await page.findLeft();
  await page.discardLeft();
  expect([page.left(), await records.list()]).toEqual([[], []]);
  page.undo();
  expect(page.left()).toEqual(['a', 'b']);
  await vi.waitFor(async () => expect((await records.list()).map(({ id }) => id)).toEqual(['a', 'b']));
});

test('a job whose pictures all lie in the gallery is not asked about', async () => {
  const { open, end } = browser();
  const job = pictureJob('a', { count: 2, made: 2 });
  await records.put([stored('a', 'old', { job }), stored('b', 'old')]);
  end('old');
  const page = open('me');
  await page.findLeft();
  expect(page.left()).toEqual(['b']);
  expect((await records.list()).map(({ id }) => id)).toEqual(['b']);
});
