/** Main-thread tasks from Chromium's own trace, so that those under the 50 ms of the Long Tasks API are seen too. */
import type { CDPSession } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The longest task of any page's main thread: by the clock, and by the processor time it used itself. */
export interface LongestTask {
  readonly wallMs: number;
  readonly cpuMs: number;
}

export interface Trace {
  /** Ends the trace. */
  stop(): Promise<LongestTask>;
}

export async function startTrace(cdp: CDPSession): Promise<Trace> {
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] },
  });
  return {
    stop: async () => {
      const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
      await cdp.send('Tracing.end');
      await complete;
      return longestTask(events);
    },
  };
}

function longestTask(events: readonly TraceEvent[]): LongestTask {
  const mains = new Set(
    events
      .filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      .map((event) => `${event.pid}/${event.tid}`),
  );
  const tasks = events.filter(
    (event) => event.name === 'RunTask' && event.ph === 'X' && mains.has(`${event.pid}/${event.tid}`),
  );
  if (tasks.length === 0) throw new Error('the trace holds no main-thread task');
  return {
    wallMs: Math.max(...tasks.map((task) => (task.dur ?? 0) / 1000)),
    cpuMs: Math.max(...tasks.map((task) => (task.tdur ?? 0) / 1000)),
  };
}
