/** The person's waiting line as the page draws it, and what follows from that alone. */
import type { PlainError } from '../../domain/errors.ts';
import { restOfPictures, type LineJob } from '../../domain/recipe/queue-job.ts';
import type { Backend } from '../../engine/protocol.ts';
import type { ExportStage } from '../film/film-state.ts';
import { paceKey, pictureSec, type Paces } from '../making/timings.ts';
import type { RunProgress } from '../making/progress.ts';

/** Facts of the job in the making. Times are by the clock of the store; null until this device has been measured. */
export type LineProgress =
  | {
      readonly kind: 'pictures';
      readonly progress: RunProgress;
      readonly expectedEndMs: number | null;
    }
  | { readonly kind: 'file'; readonly now: ExportStage; readonly expectedEndMs: number | null };

export type LineStatus =
  | { readonly status: 'waiting' }
  | {
      readonly status: 'running';
      /** It began as soon as it was asked for, so that its own screen shows it. */
      readonly atOnce: boolean;
      readonly progress: LineProgress | null;
      readonly cancelling: boolean;
    }
  | { readonly status: 'failed'; readonly error: PlainError }
  /** A file that lies nowhere else: it waits to be saved. */
  | { readonly status: 'ready'; readonly fileName: string };

export interface LineEntry {
  readonly id: string;
  /** Its place among the others: a smaller number comes first. */
  readonly place: number;
  readonly job: LineJob;
  readonly state: LineStatus;
}

export interface LineState {
  /** In order. At most one is running; failed ones stay until the person has seen them. */
  readonly entries: readonly LineEntry[];
  /** Left behind by a page that is gone: not begun before the person says so. */
  readonly left: readonly LineEntry[];
}

export const emptyLine: LineState = { entries: [], left: [] };

export const waitingOf = ({ entries }: LineState) =>
  entries.filter(({ state }) => state.status === 'waiting');

export const runningOf = ({ entries }: LineState) =>
  entries.find(({ state }) => state.status === 'running') ?? null;

/** Something is being made, or will be: what is asked for now comes after it. */
export const isLineBusy = (line: LineState) => runningOf(line) !== null || waitingOf(line).length > 0;

export const byPlace = (a: LineEntry, b: LineEntry) => a.place - b.place;

export const lastPlace = ({ entries }: LineState) => Math.max(0, ...entries.map(({ place }) => place));

/** The place that brings job `id` to index `to` of those that wait; null when it is there already, or does not wait. */
export function placeFor(line: LineState, id: string, to: number): number | null {
  const waiting = waitingOf(line);
  const from = waiting.findIndex((entry) => entry.id === id);
  const target = Math.min(Math.max(0, to), waiting.length - 1);
  if (from < 0 || from === target) return null;
  const others = waiting.toSpliced(from, 1);
  const [before, after] = [others[target - 1], others[target]];
  if (!after) return lastPlace(line) + 1;
  return before ? (before.place + after.place) / 2 : after.place - 1;
}

/** Seconds that a waiting job will take here; null where nothing like it has been measured. */
export function jobSec(job: LineJob, paces: Paces, backend: Backend): number | null {
  if (job.kind === 'picture') {
    const { settings, count } = restOfPictures(job);
    const each = pictureSec(paces[paceKey(job.model, backend, settings)], settings.steps);
    return each === null ? null : each * count;
  }
  const { pictures, steps, encodeSec } = job.cost;
  const each = pictureSec(paces[paceKey(job.model, backend, job.cost)], steps);
  if (pictures > 0 && each === null) return null;
  return pictures * (each ?? 0) + (job.format === null ? 0 : encodeSec);
}
