import type { PlainError } from '../../../domain/errors.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './error-details.module.css';

/** For a report: what exactly went wrong, as the program that failed says it. */
export function ErrorDetails({ error }: { error: PlainError }) {
  const { common } = useWords();
  // Where advice is to change what is named here, it is seen at once.
  return (
    <details open={error.code === 'bad-input'}>
      <summary>{common.details}</summary>
      <p className={styles.details} dir="auto">
        {error.code}: {error.message}
      </p>
    </details>
  );
}
