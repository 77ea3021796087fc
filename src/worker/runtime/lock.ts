/** Runs a job after all jobs before it have ended, well or badly. Rejects at once when `signal` aborts while the job is waiting. */
export type Lock = <T>(job: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** One at a time: a job that fails never stops the next one. */
export function createLock(): Lock {
  let last: Promise<unknown> = Promise.resolve();
  return (job, signal) => {
    let started = false;
    const mine = last.then(() => {
      signal?.throwIfAborted();
      started = true;
      return job();
    });
    last = mine.catch(() => undefined);
    return signal ? Promise.race([mine, abortedBefore(() => started, signal, mine)]) : mine;
  };
}

function abortedBefore<T>(started: () => boolean, signal: AbortSignal, job: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      if (!started()) reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave);
    const stop = () => signal.removeEventListener('abort', leave);
    job.then(resolve, reject).finally(stop);
  });
}
