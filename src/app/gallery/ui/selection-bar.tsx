import { Clapperboard, Columns2, Download, Heart, Trash2, X, type LucideIcon } from 'lucide-react';
import type { Work } from '../../../domain/recipe/work.ts';
import { saveStream } from '../../base/save-stream.ts';
import { useGallery, useGalleryState } from '../gallery-hooks.tsx';
import { exportName } from './export-name.ts';
import { useMakeFilm } from './use-make-film.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './selection-bar.module.css';

/** What can be done with the works that are chosen. */
export function SelectionBar({ visible }: { visible: readonly Work[] }) {
  const { gallery, common, share } = useWords();
  const { actions } = useGallery();
  const selected = useGalleryState((state) => state.selected) ?? [];
  const works = useGalleryState((state) => state.works);
  const busy = useGalleryState((state) => state.transfer !== null);
  const makeFilm = useMakeFilm();
  const chosen = selected.flatMap((id) => works.find((work) => work.id === id) ?? []);
  const pictures = chosen.filter(({ kind }) => kind === 'image');
  const allFavourite = chosen.length > 0 && chosen.every(({ favourite }) => favourite);
  const [first, second] = pictures;
  return (
    <div className={styles.selection} role="group" aria-label={gallery.chosenWorks}>
      <p className={styles.count} role="status">
        {gallery.chosen(chosen.length)}
      </p>
      <button
        type="button"
        className={`button ${styles.all}`}
        onClick={() => actions.select(chosen.length === visible.length ? [] : visible.map(({ id }) => id))}
      >
        {chosen.length === visible.length ? gallery.noneChosen : gallery.all}
      </button>
      <Act
        label={allFavourite ? gallery.notFavourite : gallery.favourite}
        icon={Heart}
        off={chosen.length === 0}
        act={() => void actions.favour(selected, !allFavourite)}
      />
      <Act
        label={gallery.compare}
        icon={Columns2}
        off={pictures.length !== 2 || chosen.length !== 2}
        act={() => first && second && actions.compare([first.id, second.id])}
      />
      <Act
        label={gallery.makeFilm}
        icon={Clapperboard}
        off={pictures.length < 2 || pictures.length !== chosen.length}
        act={() => void makeFilm(pictures)}
      />
      <Act
        label={gallery.export}
        icon={Download}
        off={chosen.length === 0 || busy}
        act={() => void actions.exportWorks(selected, (zip) => saveStream(zip, exportName(), share.zipFile))}
      />
      <Act
        label={common.delete}
        icon={Trash2}
        off={chosen.length === 0}
        act={() => void actions.remove(selected).then(() => actions.select(null))}
      />
      <button type="button" className={`button outline ${styles.done}`} onClick={() => actions.select(null)}>
        <X size={17} aria-hidden />
        {gallery.done}
      </button>
    </div>
  );
}

interface ActProps {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly off: boolean;
  readonly act: () => unknown;
}

function Act({ label, icon: Icon, off, act }: ActProps) {
  return (
    <button type="button" className="button" disabled={off} onClick={act}>
      <Icon size={17} aria-hidden />
      {label}
    </button>
  );
}
