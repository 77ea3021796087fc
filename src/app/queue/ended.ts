import { runningOf, type QueueState } from './queue-state.ts';

export interface Ended {
  /** What it was called. */
  readonly label: string;
  readonly kind: 'picture' | 'film';
  readonly works: number;
  readonly failed: boolean;
}

/** The job that was being made and is made no longer; null where there is none, or it was cancelled. */
export function endedJob(before: QueueState, now: QueueState): Ended | null {
  const was = runningOf(before);
  if (was?.state.status !== 'running' || was.state.cancelling) return null;
  const is = now.entries.find(({ id }) => id === was.id);
  if (is?.state.status === 'running') return null;
  const { job } = was;
  const works = job.kind === 'picture' ? job.count : 1;
  return { label: job.label, kind: job.kind, works, failed: is?.state.status === 'failed' };
}

/** Seconds that it will still take, as far as is known. */
export function secondsLeft(queue: QueueState, nowMs: number): number | null {
  const state = runningOf(queue)?.state;
  const endMs = state?.status === 'running' ? state.progress?.expectedEndMs : null;
  return endMs === null || endMs === undefined ? null : Math.max(0, (endMs - nowMs) / 1000);
}
