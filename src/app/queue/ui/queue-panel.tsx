import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useApp, useAppState } from '../../shell/app-hooks.tsx';
import { runningOf, waitingOf } from '../queue-state.ts';
import { LeftJobs } from './left-jobs.tsx';
import { QueueList } from './queue-list.tsx';
import { TotalLeft } from './time-left.tsx';

/** What is being made and what waits, on every screen: how far, how long, in which order. */
export default function QueuePanel() {
  const entries = useAppState((state) => state.queue.entries);
  const asked = useAppState((state) => state.queue.left.length > 0);
  return (
    <section className="line" aria-label="Waiting line">
      {asked ? <LeftJobs /> : null}
      {entries.length > 0 ? <Jobs /> : null}
    </section>
  );
}

function Jobs() {
  const { queue } = useApp();
  const [open, setOpen] = useState(() => matchMedia('(min-width: 48rem)').matches);
  const running = useAppState((state) => runningOf(state.queue) !== null);
  const waiting = useAppState((state) => waitingOf(state.queue).length);
  const id = useId();
  return (
    <>
      <div className="line-head">
        <p>
          {headWords(running, waiting)}
          <TotalLeft />
        </p>
        {waiting + Number(running) > 1 ? (
          <button type="button" className="button" onClick={() => queue.cancelAll()}>
            Cancel all
          </button>
        ) : null}
        <button
          type="button"
          className="button icon line-toggle"
          aria-label="All jobs"
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

function headWords(running: boolean, waiting: number): string {
  if (!running && waiting === 0) return 'All done';
  if (waiting === 0) return 'In the making';
  return running ? `In the making, and ${waiting} waiting` : `${waiting} waiting`;
}
