import type { PlainError } from '../../../domain/errors.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './error-details.module.css';

/** For a report: what exactly went wrong, as the program that failed says it, which is in English. */
export function ErrorDetails({ error }: { error: PlainError }) {
  const { common } = useWords();
  // Where advice is to change what is named here, it is seen at once.
  return (
    <details open={error.code === 'bad-input'}>
      <summary>{common.details}</summary>
      <p className={styles.details} lang="en" dir="auto">
        {error.code}: {error.message}
      </p>
    </details>
  );
}

/** Which file, which host, what is missing: in the open where the page is in English too, else among the details. */
export function ErrorMessage({ error }: { error: PlainError }) {
  const { inEnglish } = useWords().common;
  return inEnglish ? <p dir="auto">{error.message}</p> : <ErrorDetails error={error} />;
}
