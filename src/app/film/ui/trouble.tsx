import { RotateCcw, TriangleAlert } from 'lucide-react';
import type { PlainError } from '../../../domain/errors.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './trouble.module.css';
import { ErrorDetails } from '../../base/controls/error-details.tsx';

/** What went wrong, what can be done, and the way to do it. */
export function Trouble({ error, onRetry }: { error: PlainError; onRetry: () => void }) {
  const { common, errors } = useWords();
  const { title, advice } = errors[error.code];
  return (
    <div className={styles.trouble} role="alert">
      <TriangleAlert size={20} aria-hidden />
      <div>
        <h3>{title}</h3>
        <p>{advice}</p>
        <ErrorDetails error={error} />
      </div>
      <button type="button" className="button outline" onClick={onRetry}>
        <RotateCcw size={16} aria-hidden />
        {common.tryAgain}
      </button>
    </div>
  );
}
