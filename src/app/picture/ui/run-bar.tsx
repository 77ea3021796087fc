import { useEffect, useState } from 'react';
import { useActions, useApp, useAppState } from '../hooks.ts';
import { runWords } from '../../making/ui/run-words.ts';
import { useWords } from '../../words/words-context.tsx';
import { ProgressBar } from '../../base/controls/progress-bar.tsx';

/** While it runs: how far, for how long still, and the way out. */
export function RunBar() {
  const run = useAppState((state) => state.run);
  const watching = useAppState((state) => state.view.kind === 'live');
  const { cancel, showLive } = useActions();
  const words = useWords();
  if (run.status !== 'running') return null;
  const { progress, expectedEndMs, cancelling } = run;
  return (
    <div className="run-bar">
      <ProgressBar label={words.run.progress} fraction={progress.fraction} />
      <div className="run-line">
        <p>
          {cancelling ? words.common.stopping : runWords(words, progress)}
          {expectedEndMs === null || cancelling ? null : (
            <TimeLeft key={expectedEndMs} endMs={expectedEndMs} />
          )}
        </p>
        {watching ? null : (
          <button type="button" className="button" onClick={showLive}>
            {words.run.watch}
          </button>
        )}
        <button
          type="button"
          className="button outline"
          aria-disabled={cancelling || undefined}
          onClick={cancel}
        >
          {words.common.cancel}
        </button>
      </div>
    </div>
  );
}

/** Goes on counting between two steps, which may lie seconds apart. */
function TimeLeft({ endMs }: { endMs: number }) {
  const { format } = useWords();
  const { now } = useApp();
  const [nowMs, setNowMs] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(now()), 1000);
    return () => clearInterval(timer);
  }, [now]);
  return <span className="time-left">{format.timeLeft(endMs - nowMs)}</span>;
}
