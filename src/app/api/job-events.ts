import { jobView, type ApiJob } from './jobs.ts';

/** Server-sent events: a `job` event at every change, the last one when the job has ended. What changes between two readings is left out. */
export async function* jobEvents(job: ApiJob, basePath: string): AsyncGenerator<string> {
  yield 'retry: 1000\n\n';
  let told = '';
  for (;;) {
    const change = nextChange(job);
    const state = job.state();
    const data = JSON.stringify(jobView(state, basePath));
    if (data !== told) yield `event: job\ndata: ${data}\n\n`;
    told = data;
    if (state.state !== 'queued' && state.state !== 'running') return;
    await change;
  }
}

function nextChange(job: ApiJob): Promise<void> {
  return new Promise((resolve) => {
    const stop = job.subscribe(() => {
      stop();
      resolve();
    });
  });
}
