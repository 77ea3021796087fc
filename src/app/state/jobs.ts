/** One job at a time, in order. A job that fails or is cancelled leaves the next one untouched. */
import { abortError } from '../../engine/rpc.ts';

export interface Job<T> {
  /** For lists of what waits: `picture`, `film`, `load` … */
  readonly kind: string;
  /** Must settle soon after `signal` aborts, and not before its work has stopped. */
  run(signal: AbortSignal): Promise<T>;
}

export interface JobHandle<T> {
  /** Settles as `run` does; rejects with an `AbortError` when the job was cancelled before its turn. */
  readonly done: Promise<T>;
  /** A job that still waits is never begun; one that runs has its signal aborted. */
  cancel(): void;
}

export interface JobQueue {
  add<T>(job: Job<T>): JobHandle<T>;
  /** Kinds of the running job and of those behind it, in order. */
  kinds(): readonly string[];
}

export function createJobQueue(): JobQueue {
  const entries = new Set<{ readonly kind: string }>();
  let tail = Promise.resolve();

  return {
    add: (job) => {
      const entry = { kind: job.kind };
      entries.add(entry);
      const queued = queueJob(job, () => entries.delete(entry));
      tail = tail.then(queued.takeTurn);
      return queued.handle;
    },
    kinds: () => [...entries].map((entry) => entry.kind),
  };
}

function queueJob<T>(job: Job<T>, leave: () => void) {
  const controller = new AbortController();
  let begun = false;
  let settle: { resolve(value: T): void; reject(reason: unknown): void };
  const done = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));

  /** Never rejects: the next job's turn hangs on it. */
  const takeTurn = async () => {
    if (controller.signal.aborted) return;
    begun = true;
    try {
      settle.resolve(await job.run(controller.signal));
    } catch (error) {
      settle.reject(error);
    } finally {
      leave();
    }
  };
  const cancel = () => {
    controller.abort(abortError());
    if (begun) return;
    leave();
    settle.reject(abortError());
  };
  return { takeTurn, handle: { done, cancel } };
}
