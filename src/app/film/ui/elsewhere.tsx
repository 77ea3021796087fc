import { Copy } from 'lucide-react';
import { useFilmActions } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';

/** Two tabs would write over each other's changes: this one waits until it is wanted. */
export function Elsewhere() {
  const { film } = useWords();
  const { takeHere, newFilm } = useFilmActions();
  return (
    <div className="notice film-elsewhere" role="alert">
      <Copy size={18} aria-hidden />
      <p>{film.elsewhere}</p>
      <button type="button" className="button" onClick={() => void newFilm()}>
        {film.newFilm}
      </button>
      <button type="button" className="button outline" onClick={() => void takeHere()}>
        {film.useHere}
      </button>
    </div>
  );
}
