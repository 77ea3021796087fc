import { useEffect, useState } from 'react';
import { useApp, useAppState } from '../hooks.ts';
import type { QueueView } from '../hooks.ts';
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

function totalEndMs(state: QueueView): number | null {
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
