import type { Words } from '../words/words.ts';
import type { RunState } from '../picture/picture-state.ts';

const quarters = 4;

/** What a screen reader says when the run went from `before` to `now`; null for nothing. Not every step: start, quarters, end. */
export function announcement({ shell, errors }: Words, before: RunState, now: RunState): string | null {
  if (now === before) return null;
  switch (now.status) {
    case 'idle':
      return null;
    case 'running':
      return before.status === 'running'
        ? quarterWords(shell, before, now)
        : shell.begun(now.progress.imageCount);
    case 'done':
      return shell.ready(now.pictureIds.length, now.seconds);
    case 'cancelled':
      return shell.cancelled;
    case 'failed':
      return `${errors[now.error.code].title}.`;
  }
}

type Running = Extract<RunState, { status: 'running' }>;

function quarterWords(shell: Words['shell'], before: Running, now: Running): string | null {
  const quarter = ({ progress }: Running) => Math.floor(progress.fraction * quarters);
  const [old, current] = [quarter(before), quarter(now)];
  return current > old && current < quarters ? shell.percentDone((current * 100) / quarters) : null;
}
