/** How long what waits will take, by this device's own measured times. */
import type { QueueView } from '../hooks.ts';
import { jobSec, runningOf, waitingOf, type QueueEntry, type QueueProgress } from '../queue-state.ts';

/** Of the whole queue; null while a part of it has never been measured here. */
export function queueEndMs(state: QueueView): number | null {
  const running = runningOf(state.queue);
  const now = running && progressOf(running)?.expectedEndMs;
  const waiting = waitingOf(state.queue).map((entry) => waitingSec(state, entry));
  if (now === null || now === undefined || waiting.includes(null)) return null;
  return now + waiting.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0) * 1000;
}

export function waitingSec({ engine, timings }: QueueView, { job }: QueueEntry): number | null {
  return jobSec(job, timings, engine.status === 'ready' ? engine.model.backend : 'wasm');
}

export const progressOf = ({ state }: QueueEntry): QueueProgress | null =>
  state.status === 'running' ? state.progress : null;
