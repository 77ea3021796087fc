import { useEffect, useState, type ReactNode } from 'react';
import { useFilm } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import { ProgressBar } from '../../base/controls/progress-bar.tsx';

interface ProgressLineProps {
  readonly label: string;
  /** 0 … 1. */
  readonly fraction: number;
  readonly words: ReactNode;
  readonly expectedEndMs: number | null;
  readonly cancelling: boolean;
  readonly onCancel: () => void;
}

/** How far, for how long still, and the way out. */
export function ProgressLine({
  label,
  fraction,
  words,
  expectedEndMs,
  cancelling,
  onCancel,
}: ProgressLineProps) {
  const { common } = useWords();
  return (
    <div className="run-bar">
      <ProgressBar label={label} fraction={fraction} />
      <div className="run-line">
        <p>
          {cancelling ? common.stopping : words}
          {expectedEndMs === null || cancelling ? null : (
            <TimeLeft key={expectedEndMs} endMs={expectedEndMs} />
          )}
        </p>
        <button
          type="button"
          className="button outline"
          aria-disabled={cancelling || undefined}
          onClick={onCancel}
        >
          {common.cancel}
        </button>
      </div>
    </div>
  );
}

/** Goes on counting between two events, which may lie seconds apart. */
function TimeLeft({ endMs }: { endMs: number }) {
  const { format } = useWords();
  const { now } = useFilm();
  const [nowMs, setNowMs] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(now()), 1000);
    return () => clearInterval(timer);
  }, [now]);
  return <span className="time-left">{format.timeLeft(endMs - nowMs)}</span>;
}
