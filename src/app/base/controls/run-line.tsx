import type { ReactNode } from 'react';
import { useWords } from '../../words/words-context.tsx';
import { ProgressBar } from './progress-bar.tsx';
import styles from './run-line.module.css';
import { TimeLeft } from './time-left.tsx';

interface RunLineProps {
  readonly label: string;
  /** 0 … 1. */
  readonly fraction: number;
  readonly words: ReactNode;
  readonly expectedEndMs: number | null;
  readonly cancelling: boolean;
  readonly onCancel: () => void;
  /** Before the way out: what else can be done. */
  readonly children?: ReactNode;
}

/** While something is being made: how far, for how long still, and the way out. */
export function RunLine(props: RunLineProps) {
  const { label, fraction, words, expectedEndMs, cancelling, onCancel, children } = props;
  const { common } = useWords();
  return (
    <div className={styles.run}>
      <ProgressBar label={label} fraction={fraction} />
      <div className={styles.line}>
        <p>
          {cancelling ? common.stopping : words}
          <TimeLeft endMs={cancelling ? null : expectedEndMs} />
        </p>
        {children}
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
