import { Copy } from 'lucide-react';
import { useFilmActions } from './use-film.tsx';

/** Two tabs would write over each other's changes: this one waits until it is wanted. */
export function Elsewhere() {
  const { takeHere, newFilm } = useFilmActions();
  return (
    <div className="notice film-elsewhere" role="alert">
      <Copy size={18} aria-hidden />
      <p>This film is open in another tab.</p>
      <button type="button" className="button" onClick={() => void newFilm()}>
        New film
      </button>
      <button type="button" className="button outline" onClick={() => void takeHere()}>
        Use it here
      </button>
    </div>
  );
}
