import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useApp, useAppState } from '../hooks.ts';
import { runningOf, waitingOf } from '../queue-state.ts';
import { LeftJobs } from './left-jobs.tsx';
import { QueueList } from './queue-list.tsx';
import { TimeLeft } from '../../base/controls/time-left.tsx';
import { queueEndMs } from './queue-time.ts';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';
import styles from './queue-panel.module.css';

/** What is being made and what waits, on every screen: how far, how long, in which order. */
export default function QueuePanel() {
  const { queue } = useWords();
  const entries = useAppState((state) => state.queue.entries);
  const asked = useAppState((state) => state.queue.left.length > 0);
  return (
    <section className={styles.panel} aria-label={queue.title} data-queue>
      {asked ? <LeftJobs /> : null}
      {entries.length > 0 ? <Jobs /> : null}
    </section>
  );
}

function Jobs() {
  const words = useWords().queue;
  const { queue } = useApp();
  const [open, setOpen] = useState(() => matchMedia('(min-width: 48rem)').matches);
  const running = useAppState((state) => runningOf(state.queue) !== null);
  const waiting = useAppState((state) => waitingOf(state.queue).length);
  const endMs = useAppState(queueEndMs);
  const id = useId();
  return (
    <>
      <div className={styles.head}>
        <p>
          {headWords(words, running, waiting)}
          <TimeLeft endMs={endMs} />
        </p>
        {waiting + Number(running) > 1 ? (
          <button type="button" className="button" onClick={() => queue.cancelAll()}>
            {words.cancelAll}
          </button>
        ) : null}
        <button
          type="button"
          className={`button icon ${styles.toggle}`}
          aria-label={words.allJobs}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <ChevronDown size={16} aria-hidden />
        </button>
      </div>
      <div id={id} hidden={!open}>
        <QueueList />
      </div>
    </>
  );
}

function headWords(queue: Words['queue'], running: boolean, waiting: number): string {
  if (waiting === 0) return running ? queue.making : queue.allDone;
  return running ? queue.makingAndWaiting(waiting) : queue.waitingOnly(waiting);
}
