import { Copy } from 'lucide-react';
import { useFilmActions } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import { Notice } from '../../base/controls/notice.tsx';
import styles from './film-screen.module.css';

/** Two tabs would write over each other's changes: this one waits until it is wanted. */
export function Elsewhere() {
  const { film } = useWords();
  const { takeHere, newFilm } = useFilmActions();
  return (
    <Notice icon={Copy} className={styles.elsewhere} role="alert">
      <p>{film.elsewhere}</p>
      <button type="button" className="button" onClick={() => void newFilm()}>
        {film.newFilm}
      </button>
      <button type="button" className="button outline" onClick={() => void takeHere()}>
        {film.useHere}
      </button>
    </Notice>
  );
}
