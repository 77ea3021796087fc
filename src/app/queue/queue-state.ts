/** The person's queue as the page draws it, and what follows from that alone. */
import { modelCalls } from '../../domain/diffusion/samplers/model-calls.ts';
import type { PlainError } from '../../domain/errors.ts';
import { restOfPictures, type QueueJob } from '../../domain/recipe/queue-job.ts';
import type { Backend } from '../../engine/protocol.ts';
import { timingKey, pictureSec, type Timings } from '../making/timings.ts';
import type { RunProgress } from '../engine/progress.ts';
import type { ExportStage } from '../making/film-file.ts';

/** Facts of the job in the making. Times are by the clock of the store; null until this device has been measured. */
export type QueueProgress =
  | {
      readonly kind: 'pictures';
      readonly progress: RunProgress;
      readonly expectedEndMs: number | null;
    }
  | { readonly kind: 'file'; readonly now: ExportStage; readonly expectedEndMs: number | null };

export type QueueStatus =
  | { readonly status: 'waiting' }
  | {
      readonly status: 'running';
      /** It began as soon as it was asked for, so that its own screen shows it. */
      readonly atOnce: boolean;
      readonly progress: QueueProgress | null;
      readonly cancelling: boolean;
    }
  | { readonly status: 'failed'; readonly error: PlainError }
  /** A file that lies nowhere else: it waits to be saved. */
  | { readonly status: 'ready'; readonly fileName: string };

export interface QueueEntry {
  readonly id: string;
  /** Its place among the others: a smaller number comes first. */
  readonly place: number;
  readonly job: QueueJob;
  readonly state: QueueStatus;
}

export interface QueueState {
  /** In order. At most one is running; failed ones stay until the person has seen them. */
  readonly entries: readonly QueueEntry[];
  /** Left behind by a page that is gone: not begun before the person says so. */
  readonly left: readonly QueueEntry[];
}

export interface QueueSlice {
  /** What the person has asked for and what waits to be made. */
  readonly queue: QueueState;
}

export const emptyQueue: QueueState = { entries: [], left: [] };

export const waitingOf = ({ entries }: QueueState) =>
  entries.filter(({ state }) => state.status === 'waiting');

export const runningOf = ({ entries }: QueueState) =>
  entries.find(({ state }) => state.status === 'running') ?? null;

/** Something is being made, or will be: what is asked for now comes after it. */
export const isQueueBusy = (queue: QueueState) => runningOf(queue) !== null || waitingOf(queue).length > 0;

export const byPlace = (a: QueueEntry, b: QueueEntry) => a.place - b.place;

export const lastPlace = ({ entries }: QueueState) => Math.max(0, ...entries.map(({ place }) => place));

/** The place that brings job `id` to index `to` of those that wait; null when it is there already, or does not wait. */
export function placeFor(queue: QueueState, id: string, to: number): number | null {
  const waiting = waitingOf(queue);
  const from = waiting.findIndex((entry) => entry.id === id);
  const target = Math.min(Math.max(0, to), waiting.length - 1);
  if (from < 0 || from === target) return null;
  const others = waiting.toSpliced(from, 1);
  const [before, after] = [others[target - 1], others[target]];
  if (!after) return lastPlace(queue) + 1;
  return before ? (before.place + after.place) / 2 : after.place - 1;
}

/** Seconds that a waiting job will take here; null where nothing like it has been measured. */
export function jobSec(job: QueueJob, timings: Timings, backend: Backend): number | null {
  if (job.kind === 'picture') {
    const { settings, count } = restOfPictures(job);
    const each = pictureSec(
      timings[timingKey(job.model, backend, settings)],
      modelCalls(settings, job.source?.strength),
    );
    return each === null ? null : each * count;
  }
  const { pictures, encodeSec } = job.cost;
  const each = pictureSec(timings[timingKey(job.model, backend, job.cost)], modelCalls(job.project));
  if (pictures > 0 && each === null) return null;
  return pictures * (each ?? 0) + (job.format === null ? 0 : encodeSec);
}
