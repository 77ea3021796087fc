import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useApp, useAppState } from '../../shell/app-hooks.tsx';
import { runningOf, waitingOf } from '../queue-state.ts';
import { LeftJobs } from './left-jobs.tsx';
import { LineList } from './queue-list.tsx';
import { TotalLeft } from './time-left.tsx';

/** What is being made and what waits, on every screen: how far, how long, in which order. */
export default function LinePanel() {
  const entries = useAppState((state) => state.line.entries);
  const asked = useAppState((state) => state.line.left.length > 0);
  return (
    <section className="line" aria-label="Waiting line">
      {asked ? <LeftJobs /> : null}
      {entries.length > 0 ? <Jobs /> : null}
    </section>
  );
}

function Jobs() {
  const { line } = useApp();
  const [open, setOpen] = useState(() => matchMedia('(min-width: 48rem)').matches);
  const running = useAppState((state) => runningOf(state.line) !== null);
  const waiting = useAppState((state) => waitingOf(state.line).length);
  const id = useId();
  return (
    <>
      <div className="line-head">
        <p>
          {headWords(running, waiting)}
          <TotalLeft />
        </p>
        {waiting + Number(running) > 1 ? (
          <button type="button" className="button" onClick={() => line.cancelAll()}>
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
        <LineList />
      </div>
    </>
  );
}

function headWords(running: boolean, waiting: number): string {
  if (!running && waiting === 0) return 'All done';
  if (waiting === 0) return 'In the making';
  return running ? `In the making, and ${waiting} waiting` : `${waiting} waiting`;
}
