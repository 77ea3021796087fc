import { RotateCcw, TriangleAlert } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { PlainError } from '../../../domain/errors.ts';
import { useActions } from '../hooks.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './failure.module.css';
import { ErrorDetails } from '../../base/controls/error-details.tsx';

const MachineTrouble = lazy(() => import('../../machines/ui/machine-trouble.tsx'));

/** What went wrong, what can be done, and the way to do it. */
export function Failure({ error }: { error: PlainError }) {
  const { retry } = useActions();
  const { common, errors } = useWords();
  const { title, advice } = errors[error.code];
  return (
    <div className={styles.failure} role="alert">
      <TriangleAlert size={28} aria-hidden />
      <h2 className={styles.title}>{title}</h2>
      {error.elsewhere ? (
        <Suspense fallback={<p>{advice}</p>}>
          <MachineTrouble error={error} plain />
        </Suspense>
      ) : (
        <p>{advice}</p>
      )}
      <button type="button" className="button primary" onClick={retry}>
        <RotateCcw size={16} aria-hidden />
        {common.tryAgain}
      </button>
      <ErrorDetails error={error} />
    </div>
  );
}
