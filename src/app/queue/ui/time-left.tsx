import { useEffect, useState } from 'react';
import { useApp, useAppState } from '../../shell/app-hooks.tsx';
import type { AppState } from '../../shell/app-state.ts';
import { jobSec, runningOf, waitingOf, type QueueEntry, type QueueProgress } from '../queue-state.ts';
import { useWords } from '../../words/words-context.tsx';

/** Goes on counting between two steps, which may lie seconds apart. */
export function TimeLeft({ endMs }: { endMs: number }) {
  const { format } = useWords();
  const { now } = useApp();
  const [nowMs, setNowMs] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(now()), 1000);
    return () => clearInterval(timer);
  }, [now]);
  return <span className="time-left">{format.timeLeft(endMs - nowMs)}</span>;
}

/** Of the whole line; nothing while a part of it has never been measured here. */
export function TotalLeft() {
  const endMs = useAppState(totalEndMs);
  return endMs === null ? null : <TimeLeft key={endMs} endMs={endMs} />;
}

function totalEndMs(state: AppState): number | null {
  const running = runningOf(state.queue);
  const now = running && progressOf(state, running)?.expectedEndMs;
  const waiting = waitingOf(state.queue).map((entry) => waitingSec(state, entry));
  if (now === null || now === undefined || waiting.includes(null)) return null;
  return now + waiting.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0) * 1000;
}

export function waitingSec({ engine, timings }: AppState, { job }: QueueEntry): number | null {
  return jobSec(job, timings, engine.status === 'ready' ? engine.model.backend : 'wasm');
}

/** Of a picture the page's own run tells. */
export function progressOf({ run }: Pick<AppState, 'run'>, { job, state }: QueueEntry): QueueProgress | null {
  if (state.status !== 'running') return null;
  if (job.kind === 'film') return state.progress;
  if (run.status !== 'running') return null;
  return { kind: 'pictures', progress: run.progress, expectedEndMs: run.expectedEndMs };
}
