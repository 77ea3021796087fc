import { RotateCcw, TriangleAlert } from 'lucide-react';
import type { PlainError } from '../../../domain/errors.ts';
import { useActions } from '../../shell/app-hooks.tsx';
import { errorWords } from '../../base/error-words.ts';

/** What went wrong, what can be done, and the way to do it. */
export function Failure({ error }: { error: PlainError }) {
  const { retry } = useActions();
  const { title, advice } = errorWords[error.code];
  return (
    <div className="failure" role="alert">
      <TriangleAlert size={28} aria-hidden />
      <h2 className="failure-title">{title}</h2>
      <p>{advice}</p>
      <button type="button" className="button primary" onClick={retry}>
        <RotateCcw size={16} aria-hidden />
        Try again
      </button>
      <details>
        <summary>Details</summary>
        <p className="failure-details">
          {error.code}: {error.message}
        </p>
      </details>
    </div>
  );
}
