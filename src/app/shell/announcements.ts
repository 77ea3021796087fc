import type { RunState } from './app-state.ts';
import { errorWords } from '../base/error-words.ts';
import { formatSeconds } from '../base/format.ts';

const quarters = 4;

/** What a screen reader says when the run went from `before` to `now`; null for nothing. Not every step: start, quarters, end. */
export function announcement(before: RunState, now: RunState): string | null {
  if (now === before) return null;
  switch (now.status) {
    case 'idle':
      return null;
    case 'running':
      return before.status === 'running' ? quarterWords(before, now) : beginWords(now.progress.imageCount);
    case 'done':
      return `${now.pictureIds.length === 1 ? 'Picture' : `${now.pictureIds.length} pictures`} ready after ${formatSeconds(now.seconds)}.`;
    case 'cancelled':
      return 'Cancelled.';
    case 'failed':
      return `${errorWords[now.error.code].title}.`;
  }
}

type Running = Extract<RunState, { status: 'running' }>;

const beginWords = (imageCount: number) =>
  imageCount === 1 ? 'Drawing the picture.' : `Drawing ${imageCount} pictures.`;

function quarterWords(before: Running, now: Running): string | null {
  const quarter = ({ progress }: Running) => Math.floor(progress.fraction * quarters);
  const [old, current] = [quarter(before), quarter(now)];
  return current > old && current < quarters ? `${(current * 100) / quarters} percent.` : null;
}
