/** One job at a time. Those of the person's own queue go first, the others in order. One that fails or is cancelled leaves the next untouched. */
import { abortError } from '../../engine/rpc.ts';

export interface Job<T> {
  /** For lists of what waits: `picture`, `film`, `load` … */
  readonly kind: string;
  /** What the person at the page waits for: it goes before all that is not. */
  readonly first?: boolean;
  /** Must settle soon after `signal` aborts, and not before its work has stopped. */
  readonly run: (signal: AbortSignal) => Promise<T>;
}

export interface JobHandle<T> {
  /** Settles as `run` does; rejects with an `AbortError` when the job was cancelled before its turn. */
  readonly done: Promise<T>;
  /** A job that still waits is never begun; one that runs has its signal aborted. */
  cancel(): void;
}

export interface Turns {
  add<T>(job: Job<T>): JobHandle<T>;
  /** Kinds of what holds the queue, of the running job and of those behind it, in order. */
  kinds(): readonly string[];
  /** Until the returned function is called, only jobs that are `first` begin: more of them are to come. */
  hold(kind: string): () => void;
}

interface Turn {
  readonly kind: string;
  readonly first: boolean;
  /** Never rejects: the next job's turn hangs on it. */
  readonly take: () => Promise<void>;
}

export function createTurns(): Turns {
  const waiting: Turn[] = [];
  const holds: { readonly kind: string }[] = [];
  let running: Turn | null = null;

  const inOrder = () => [...waiting.filter(({ first }) => first), ...waiting.filter(({ first }) => !first)];
  const next = () => {
    const [turn] = inOrder();
    if (running || !turn || (holds.length > 0 && !turn.first)) return;
    leave(waiting, turn);
    running = turn;
    void turn.take().then(() => {
      running = null;
      next();
    });
  };
  return {
    add: ({ kind, first = false, run }) => {
      const { take, handle } = queueJob(run, () => leave(waiting, turn));
      const turn: Turn = { kind, first, take };
      waiting.push(turn);
      queueMicrotask(next);
      return handle;
    },
    kinds: () => [...holds, ...(running ? [running] : []), ...inOrder()].map(({ kind }) => kind),
    hold: (kind) => {
      const entry = { kind };
      holds.push(entry);
      return () => {
        leave(holds, entry);
        queueMicrotask(next);
      };
    },
  };
}

function leave<T>(list: T[], entry: T): void {
  const index = list.indexOf(entry);
  if (index >= 0) list.splice(index, 1);
}

function queueJob<T>(run: Job<T>['run'], leaveQueue: () => void) {
  const controller = new AbortController();
  let begun = false;
  let settle: { resolve(value: T): void; reject(reason: unknown): void };
  const done = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));

  const take = async () => {
    begun = true;
    try {
      settle.resolve(await run(controller.signal));
    } catch (error) {
      settle.reject(error);
    }
  };
  const cancel = () => {
    controller.abort(abortError());
    if (begun) return;
    leaveQueue();
    settle.reject(abortError());
  };
  return { take, handle: { done, cancel } };
}
