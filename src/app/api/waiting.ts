/** Who waits for which job: a job that belongs to a request ends with it, one that was asked for with `respond-async` stands alone. */
import type { ApiAnswer } from '../../domain/api/http.ts';
import { abortError } from '../../engine/rpc.ts';
import type { ApiJob, WorkAnswer } from './jobs.ts';

export interface AskContext {
  /** Who asks, as far as that is known. */
  readonly client?: string;
  /** Aborts when the client went away. */
  readonly signal: AbortSignal;
  /** Aborts when the client will be back in a moment with a request for the result. */
  readonly detach?: AbortSignal;
  /** Begin the answer once the first step is finished, rather than at the end. */
  readonly early?: boolean;
  /** Told the job as soon as there is one. */
  readonly onJob?: (jobId: string) => void;
}

/** A file, text, or text and files as they come. */
export type ReplyBody = string | Blob | AsyncIterable<string | Blob>;
export type Reply = ApiAnswer<ReplyBody>;

/** A client that was sent on has so long to come back. */
const returnMs = 2000;

export interface Waiting {
  /** The job ends with the request that waits for it. */
  own(job: ApiJob): void;
  /** From now on it stands alone. */
  release(job: ApiJob): void;
  /** Rejects as the job, or with an `AbortError` when the client went away. */
  wait(job: ApiJob, context: AskContext): Promise<Reply>;
}

export interface WaitingDeps {
  /** Calls back after so many milliseconds; returns what prevents it. */
  readonly later: (callback: () => void, delayMs: number) => () => void;
  /** What a request owned is of no use to anyone once it was answered. */
  readonly forget: (jobId: string) => void;
}

export function createWaiting({ later, forget }: WaitingDeps): Waiting {
  const owned = new WeakSet<ApiJob>();
  const keepFrom = new WeakMap<ApiJob, () => void>();

  const leave = (job: ApiJob) => void (owned.has(job) && job.cancel());
  const comeBack = (job: ApiJob) =>
    keepFrom.set(
      job,
      later(() => leave(job), returnMs),
    );

  return {
    own: (job) => void owned.add(job),
    release: (job) => void owned.delete(job),
    wait: async (job, { signal, detach, early = false }) => {
      keepFrom.get(job)?.();
      if (signal.aborted) leave(job);
      signal.addEventListener('abort', () => leave(job), { once: true });
      detach?.addEventListener('abort', () => comeBack(job), { once: true });
      const ways: Promise<'done' | 'begun'>[] = [job.done.then(() => 'done')];
      if (early) ways.push(job.begun.then(() => 'begun'));
      const way = await Promise.race([...ways, rejection(signal), ...(detach ? [rejection(detach)] : [])]);
      const answered = job.done.finally(() => owned.has(job) && forget(job.id));
      return way === 'done' ? answered : { ...job.work.head, body: bodyOf(answered) };
    },
  };
}

async function* bodyOf(done: Promise<WorkAnswer>): AsyncGenerator<string | Blob> {
  yield (await done).body;
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(abortError());
    signal.addEventListener('abort', () => reject(abortError()), { once: true });
  });
}
