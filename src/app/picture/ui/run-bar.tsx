import { RunLine } from '../../base/controls/run-line.tsx';
import { runWords } from '../../making/ui/run-words.ts';
import { useWords } from '../../words/words-context.tsx';
import { useActions, useAppState } from '../hooks.ts';
import styles from './run-bar.module.css';

/** While it runs: how far, and the way back to it from another picture. */
export function RunBar() {
  const run = useAppState((state) => state.run);
  const watching = useAppState((state) => state.view.kind === 'live');
  const { cancel, showLive } = useActions();
  const words = useWords();
  if (run.status !== 'running') return null;
  const { progress, expectedEndMs, cancelling } = run;
  return (
    <div className={styles.run}>
      <RunLine
        label={words.run.progress}
        fraction={progress.fraction}
        words={runWords(words, progress)}
        expectedEndMs={expectedEndMs}
        cancelling={cancelling}
        onCancel={cancel}
      >
        {watching ? null : (
          <button type="button" className="button" onClick={showLive}>
            {words.run.watch}
          </button>
        )}
      </RunLine>
    </div>
  );
}
