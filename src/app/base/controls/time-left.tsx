import { useEffect, useState } from 'react';
import { useWords } from '../../words/words-context.tsx';
import { pageHooks } from '../page-hooks.tsx';
import styles from './time-left.module.css';

interface Clock {
  readonly store: { getState(): unknown };
  readonly actions: object;
  readonly now: () => number;
}

const { useApp } = pageHooks<Clock>();

interface TimeLeftProps {
  /** By the page's clock; nothing is shown where it is null. */
  readonly endMs: number | null;
}

export function TimeLeft({ endMs }: TimeLeftProps) {
  return endMs === null ? null : <Counting key={endMs} endMs={endMs} />;
}

/** Goes on counting between two steps, which may lie seconds apart. */
function Counting({ endMs }: { endMs: number }) {
  const { format } = useWords();
  const { now } = useApp();
  const [nowMs, setNowMs] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(now()), 1000);
    return () => clearInterval(timer);
  }, [now]);
  return <span className={styles.left}>{format.timeLeft(endMs - nowMs)}</span>;
}
