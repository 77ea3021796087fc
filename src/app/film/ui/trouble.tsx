import { RotateCcw, TriangleAlert } from 'lucide-react';
import type { PlainError } from '../../../domain/errors.ts';
import { errorWords } from '../../base/error-words.ts';

/** What went wrong, what can be done, and the way to do it. */
export function Trouble({ error, onRetry }: { error: PlainError; onRetry: () => void }) {
  const { title, advice } = errorWords[error.code];
  return (
    <div className="trouble" role="alert">
      <TriangleAlert size={20} aria-hidden />
      <div>
        <h3>{title}</h3>
        <p>{advice}</p>
        <details>
          <summary>Details</summary>
          <p className="failure-details">
            {error.code}: {error.message}
          </p>
        </details>
      </div>
      <button type="button" className="button outline" onClick={onRetry}>
        <RotateCcw size={16} aria-hidden />
        Try again
      </button>
    </div>
  );
}
