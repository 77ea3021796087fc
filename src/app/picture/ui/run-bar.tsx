import { useEffect, useState } from 'react';
import { useActions, useApp, useAppState } from '../../shell/app-hooks.tsx';
import { formatTimeLeft } from '../../base/format.ts';
import { runWords } from './run-words.ts';

/** While it runs: how far, for how long still, and the way out. */
export function RunBar() {
  const run = useAppState((state) => state.run);
  const watching = useAppState((state) => state.view.kind === 'live');
  const { cancel, showLive } = useActions();
  if (run.status !== 'running') return null;
  const { progress, expectedEndMs, cancelling } = run;
  return (
    <div className="run-bar">
      <div
        className="progress"
        role="progressbar"
        aria-label="Progress"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(progress.fraction * 100)}
      >
        <div className="progress-done" style={{ transform: `scaleX(${progress.fraction})` }} />
      </div>
      <div className="run-line">
        <p>
          {cancelling ? 'Stopping …' : runWords(progress)}
          {expectedEndMs === null || cancelling ? null : (
            <TimeLeft key={expectedEndMs} endMs={expectedEndMs} />
          )}
        </p>
        {watching ? null : (
          <button type="button" className="button" onClick={showLive}>
            Watch
          </button>
        )}
        <button
          type="button"
          className="button outline"
          aria-disabled={cancelling || undefined}
          onClick={cancel}
        >
          Cancel
        </button>
      </div>
    </div>
  );
}

/** Goes on counting between two steps, which may lie seconds apart. */
function TimeLeft({ endMs }: { endMs: number }) {
  const { now } = useApp();
  const [nowMs, setNowMs] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(now()), 1000);
    return () => clearInterval(timer);
  }, [now]);
  return <span className="time-left">{formatTimeLeft(endMs - nowMs)}</span>;
}
