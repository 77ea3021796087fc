import { Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { Modal } from '../../base/controls/modal.tsx';
import { shorten } from '../../base/format.ts';
import { useFilmActions, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './films-dialog.module.css';

/** The other films in this browser. */
export default function FilmsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { listFilms, openFilm, deleteFilm } = useFilmActions();
  const { film, format } = useWords();
  const films = useFilmState((state) => state.others);
  useEffect(() => {
    if (open) void listFilms();
  }, [open, listFilms]);
  return (
    <Modal title={film.yourFilms} open={open} onClose={onClose}>
      {films.length === 0 ? <p>{film.noOtherFilms}</p> : null}
      <ul>
        {films.map(({ id, title, changedAtMs }) => (
          <li key={id} className={styles.row}>
            <button
              type="button"
              className={`button ${styles.open}`}
              onClick={() => {
                void openFilm(id);
                onClose();
              }}
            >
              <bdi>{shorten(title || film.untitled, 60)}</bdi>
              <span className="hint">{format.date(changedAtMs)}</span>
            </button>
            <IconButton
              label={film.deleteFilm(shorten(title || film.untitled, 30))}
              icon={Trash2}
              onClick={() => void deleteFilm(id)}
            />
          </li>
        ))}
      </ul>
    </Modal>
  );
}
