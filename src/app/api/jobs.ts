/** What was asked for through the API: each request for a picture or a film is a job, in one queue behind the person's own work. */
import type { JobState, JobView } from '../../domain/api/answer-schemas.ts';
import type { ApiAnswer } from '../../domain/api/http.ts';
import { isAbort } from '../../domain/errors.ts';
import { abortError } from '../../engine/rpc.ts';
import { createStore } from '../base/store.ts';
import type { Turns } from '../engine/turns.ts';
import { createFairQueue } from './fair-queue.ts';

export interface WorkProgress {
  /** This many steps are finished. */
  readonly step: number;
  readonly steps: number;
  /** Null while there is nothing to judge by. */
  readonly etaSec: number | null;
}

/** A file, or JSON. */
export type WorkAnswer = ApiAnswer<Blob | string>;

export interface Work {
  readonly kind: JobView['kind'];
  /** What was asked for, in the sender's own words. */
  readonly label: string;
  readonly steps: number;
  /** Known before the work begins: an answer may be started with them. */
  readonly head: Omit<WorkAnswer, 'body'>;
  /** Must settle soon after `signal` aborts, and not before its work has stopped. */
  run(signal: AbortSignal, onProgress: (progress: WorkProgress) => void): Promise<WorkAnswer>;
}

/** What lists draw; a new object whenever something changes. */
export interface ApiJobState extends WorkProgress {
  readonly id: string;
  readonly kind: Work['kind'];
  readonly label: string;
  readonly state: JobState;
  readonly cancelling: boolean;
  /** What went wrong. */
  readonly detail: string | null;
  readonly resultBytes: number;
}

export interface ApiJob {
  readonly id: string;
  readonly work: Work;
  state(): ApiJobState;
  /** Rejects with what `run` threw, or an `AbortError`. */
  readonly done: Promise<WorkAnswer>;
  /** Resolves once the first step is finished: from then on it will most likely succeed. */
  readonly begun: Promise<void>;
  cancel(): void;
  /** Called at every change; returns what ends that. */
  subscribe(listener: () => void): () => void;
}

export interface ApiJobs {
  /** `client`: who asked; many of one leave room for those of others. */
  begin(work: Work, id: string, client: string): ApiJob;
  get(id: string): ApiJob | undefined;
  /** Lets go of a job and of what it made; cancels it first if it has not ended. */
  forget(id: string): void;
  /** Oldest first. The same array until something changes. */
  states(): readonly ApiJobState[];
  subscribe(listener: () => void): () => void;
}

export interface ApiJobsDeps {
  readonly turns: Turns;
  /** Ended jobs, with what they made, are kept up to these. */
  readonly keep: { readonly count: number; readonly bytes: number };
}

export function createApiJobs({ turns, keep }: ApiJobsDeps): ApiJobs {
  const jobs = new Map<string, ApiJob>();
  const { getState, setState, subscribe } = createStore<readonly ApiJobState[]>(() => []);
  // Only one of ours stands in the page's own queue at a time, so that whatever the person asks for is next.
  const queue = createFairQueue();

  const changed = () =>
    setState(
      [...jobs.values()].map((job) => job.state()),
      true,
    );
  const forget = (id: string) => {
    jobs.get(id)?.cancel();
    jobs.delete(id);
    changed();
  };
  return {
    begin: (work, id, client) => {
      const { job, takeTurn } = createJob(work, id, turns);
      jobs.set(id, job);
      job.subscribe(changed);
      queue.add(client, async () => {
        await takeTurn();
        excess([...jobs.values()], keep).forEach(forget);
      });
      changed();
      return job;
    },
    get: (id) => jobs.get(id),
    forget,
    states: getState,
    subscribe,
  };
}

function createJob(work: Work, id: string, turns: Turns) {
  const { kind, label, steps } = work;
  const controller = new AbortController();
  const { promise: done, resolve, reject } = withResolvers<WorkAnswer>();
  const { promise: begun, resolve: begin } = withResolvers<undefined>();
  done.catch(() => undefined); // Its state tells; not everyone waits for it.
  const {
    getState,
    setState: change,
    subscribe,
  } = createStore<ApiJobState>(() => ({
    ...{ id, kind, label, steps },
    ...{ state: 'queued', step: 0, etaSec: null, cancelling: false, detail: null, resultBytes: 0 },
  }));
  const progressed = (progress: WorkProgress) => {
    change(progress);
    if (progress.step > 0) begin(undefined);
  };
  const ended = () => ['done', 'failed', 'cancelled'].includes(getState().state);
  const fail = (error: unknown) => {
    if (ended()) return;
    change(isAbort(error) ? { state: 'cancelled' } : { state: 'failed', detail: describe(error) });
    reject(error);
  };
  const run = (signal: AbortSignal) => {
    change({ state: 'running' });
    return work.run(signal, progressed);
  };
  /** Never rejects: the next job's turn hangs on it. */
  const takeTurn = async () => {
    if (ended()) return;
    const handle = turns.add({ kind: `api-${kind}`, run });
    controller.signal.addEventListener('abort', () => handle.cancel(), { once: true });
    try {
      const answer = await handle.done;
      const { body } = answer;
      const resultBytes = typeof body === 'string' ? body.length : body.size;
      change({ state: 'done', step: steps, etaSec: 0, resultBytes });
      resolve(answer);
    } catch (error) {
      fail(error);
    }
  };
  const cancel = () => {
    if (ended() || controller.signal.aborted) return;
    const waits = getState().state === 'queued';
    change({ cancelling: true });
    controller.abort(abortError());
    if (waits) fail(abortError());
  };
  const job: ApiJob = { id, work, state: getState, done, begun, cancel, subscribe };
  return { job, takeTurn };
}

/** The oldest of the ended jobs, as many as are too many or hold too much. */
function excess(jobs: readonly ApiJob[], keep: ApiJobsDeps['keep']): string[] {
  const ended = jobs
    .map((job) => job.state())
    .filter(({ state }) => state !== 'queued' && state !== 'running');
  let bytes = 0;
  return ended
    .reverse()
    .filter((state, index) => (bytes += state.resultBytes) > keep.bytes || index >= keep.count)
    .map(({ id }) => id);
}

const describe = (error: unknown) => (error instanceof Error ? error.message : String(error));

export function jobView(state: ApiJobState, basePath: string): JobView {
  const { id, kind, step, steps, etaSec, detail } = state;
  const path = `${basePath}/jobs/${id}`;
  return {
    ...{ id, kind, state: state.state, step, steps, eta_seconds: etaSec, detail },
    ...{ events: `${path}/events`, result: `${path}/result` },
  };
}

/** `Promise.withResolvers`, which browsers of early 2024 lack. */
function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}
