/** The person's queue: one job is made at a time, in the order that they want; what fails never stops what comes after it. */
import { toPlainError, type PlainError } from '../../domain/errors.ts';
import type { QueueJob } from '../../domain/recipe/queue-job.ts';
import { abortError } from '../../engine/rpc.ts';
import type { Slice } from '../base/slice.ts';
import type { Turns } from '../engine/turns.ts';
import { createQueueWriter, type QueueKeeping } from './queue-keeping.ts';
import {
  byPlace,
  isQueueBusy,
  lastPlace,
  placeFor,
  runningOf,
  waitingOf,
  type QueueEntry,
  type QueueProgress,
  type QueueSlice,
  type QueueState,
  type QueueStatus,
} from './queue-state.ts';
import { message, type Message } from '../words/message.ts';
import type { ToastAction } from '../base/toasts.ts';

export interface QueueTools {
  /** It must settle soon after this aborts. */
  readonly signal: AbortSignal;
  /** It begins as soon as it was asked for: nothing was being made. */
  readonly atOnce: boolean;
  readonly source: Blob | null;
  readonly report: (progress: QueueProgress) => void;
  /** So many of its pictures are kept: after a crash they are not made again. */
  readonly made: (count: number) => void;
}

export type QueueEnd =
  | { readonly status: 'done' | 'cancelled' }
  /** `shown`: its own screen tells it too, as long as nothing else is begun there. */
  | { readonly status: 'failed'; readonly error: PlainError; readonly shown: boolean }
  | { readonly status: 'file'; readonly file: Blob; readonly fileName: string };

export type QueueRun = (tools: QueueTools) => Promise<QueueEnd>;

export interface QueueDeps {
  readonly store: Slice<QueueSlice>;
  readonly turns: Pick<Turns, 'hold'>;
  readonly keeping: QueueKeeping | undefined;
  readonly newId: () => string;
  readonly run: (job: QueueJob, tools: QueueTools) => Promise<QueueEnd>;
  readonly tell: (message: Message, actions?: readonly ToastAction[]) => void;
}

/** A job with what cannot lie in the store. */
export interface WholeJob {
  readonly job: QueueJob;
  readonly place: number;
  readonly source: Blob | null;
}

export interface Queue {
  /** Begins at once when nothing is being made, then with `live` if it is given; else it waits. */
  add(job: QueueJob, source?: Blob | null, live?: QueueRun): void;
  /** To index `to` of those that wait. */
  move(id: string, to: number): void;
  /** Also takes away what has failed or waits to be saved. Can be undone. */
  cancel(id: string): void;
  cancelAll(): void;
  /** What has failed waits once more, at its place. */
  retry(id: string): void;
  /** What is ready to be saved. */
  file(id: string): Blob | undefined;
  /** Into the queue, behind what is there. They are kept already, under these ids. */
  take(jobs: readonly (WholeJob & { readonly id: string })[]): void;
}

export function createQueue(deps: QueueDeps): Queue {
  const { store, turns, tell } = deps;
  const writer = createQueueWriter(deps.keeping, () => tell(message('queueNotKept')));
  const sources = new Map<string, Blob>();
  const files = new Map<string, Blob>();
  let stop: AbortController | null = null;
  let release: (() => void) | null = null;

  const queue = () => store.getState().queue;
  const setEntries = (change: (entries: QueueState['entries']) => readonly QueueEntry[]) =>
    store.setState(({ queue: now }) => ({
      queue: { ...now, entries: [...change(now.entries)].sort(byPlace) },
    }));
  const change = (id: string, update: Partial<Omit<QueueEntry, 'id'>>) =>
    setEntries((entries) => entries.map((entry) => (entry.id === id ? { ...entry, ...update } : entry)));
  const find = (id: string) => queue().entries.find((entry) => entry.id === id);

  const drop = (ids: readonly string[]) => {
    setEntries((entries) => entries.filter(({ id }) => !ids.includes(id)));
    for (const id of ids) [sources, files].forEach((map) => map.delete(id));
    writer.remove(ids);
  };
  const enter = (wholes: readonly WholeJob[]) => {
    const fresh = wholes.map((whole) => ({ ...whole, id: deps.newId() }));
    writer.put(fresh);
    insert(fresh);
  };
  const insert = (wholes: readonly (WholeJob & { readonly id: string })[]) => {
    for (const { id, source } of wholes) if (source) sources.set(id, source);
    const entries = wholes.map(({ id, place, job }) => ({ id, place, job, state: waits }));
    setEntries((before) => [...before, ...entries]);
  };
  const wholeOf = ({ id, place, job }: QueueEntry): WholeJob => ({
    place,
    job,
    source: sources.get(id) ?? null,
  });

  /** The next one, if none is being made. */
  const begin = (atOnce: boolean, live?: QueueRun) => {
    if (stop) return;
    const [next] = waitingOf(queue());
    if (next) {
      release ??= turns.hold('queue');
      const shownThere = atOnce && (next.job.kind === 'picture' || live !== undefined);
      void make(next, shownThere, live ?? ((tools) => deps.run(find(next.id)!.job, tools)));
    } else {
      release?.();
      release = null;
    }
  };
  const make = async ({ id }: QueueEntry, atOnce: boolean, run: QueueRun) => {
    const controller = new AbortController();
    stop = controller;
    change(id, { state: { status: 'running', atOnce, progress: null, cancelling: false } });
    const end = await ended(run, { ...toolsFor(id, atOnce), signal: controller.signal });
    stop = null;
    leave(id, end);
    begin(false);
  };
  const toolsFor = (id: string, atOnce: boolean): Omit<QueueTools, 'signal'> => ({
    atOnce,
    source: sources.get(id) ?? null,
    report: (progress) => {
      const state = find(id)?.state;
      if (state?.status === 'running') change(id, { state: { ...state, progress } });
    },
    made: (count) => {
      const job = find(id)?.job;
      if (job?.kind !== 'picture') return;
      const counted = { ...job, made: job.made + count };
      change(id, { job: counted });
      writer.change(id, { job: counted });
    },
  });
  const leave = (id: string, end: QueueEnd) => {
    if (end.status === 'failed' && !(end.shown && waitingOf(queue()).length === 0)) {
      return change(id, { state: { status: 'failed', error: end.error } });
    }
    if (end.status !== 'file') return drop([id]);
    files.set(id, end.file);
    change(id, { state: { status: 'ready', fileName: end.fileName } });
  };

  const cancel = (entries: readonly QueueEntry[], told: Message) => {
    const wholes = entries.map(wholeOf);
    const running = entries.find(({ state }) => state.status === 'running');
    drop(entries.filter((entry) => entry !== running).map(({ id }) => id));
    if (running?.state.status === 'running') {
      change(running.id, { state: { ...running.state, cancelling: true } });
      stop?.abort(abortError());
    }
    const undo = () => {
      enter(wholes);
      begin(false);
    };
    tell(told, [{ label: message('undo'), run: undo }]);
  };

  return {
    add: (job, source = null, live) => {
      const atOnce = !isQueueBusy(queue());
      enter([{ job, source, place: lastPlace(queue()) + 1 }]);
      if (atOnce) begin(true, live);
    },
    move: (id, to) => {
      const place = placeFor(queue(), id, to);
      if (place === null) return;
      change(id, { place });
      writer.change(id, { place });
    },
    cancel: (id) => {
      const entry = find(id);
      if (entry) cancel([entry], cancelMessage(entry.state));
    },
    cancelAll: () => {
      const running = runningOf(queue());
      const entries = [...(running ? [running] : []), ...waitingOf(queue())];
      if (entries.length > 0) cancel(entries, message('jobsCancelled', entries.length));
    },
    retry: (id) => {
      if (find(id)?.state.status !== 'failed') return;
      change(id, { state: waits });
      begin(false);
    },
    file: (id) => files.get(id),
    take: (wholes) => {
      insert(wholes);
      begin(false);
    },
  };
}

const waits: QueueStatus = { status: 'waiting' };

async function ended(run: QueueRun, tools: QueueTools): Promise<QueueEnd> {
  try {
    return await run(tools);
  } catch (error) {
    return { status: 'failed', error: toPlainError(error), shown: false };
  }
}

const cancelMessage = ({ status }: QueueStatus) =>
  message(status === 'running' || status === 'waiting' ? 'jobCancelled' : 'jobRemoved');
