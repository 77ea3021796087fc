import { ImageOff } from 'lucide-react';
import { familyOf, type Family } from '../../../domain/recipe/family.ts';
import type { Work } from '../../../domain/recipe/work.ts';
import { Modal } from '../../base/controls/modal.tsx';
import { shorten } from '../../base/format.ts';
import { useEditWords } from '../../words/edit-words.ts';
import { useWords } from '../../words/words-context.tsx';
import { useGallery, useGalleryState } from '../gallery-hooks.tsx';
import styles from './history-dialog.module.css';
import { Thumbnail } from './thumbnail.tsx';

/** What a picture came from, and what came of it. */
export default function HistoryDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { history } = useEditWords();
  const works = useGalleryState((state) => state.works);
  return (
    <Modal title={history.title} open onClose={onClose}>
      <ul className={styles.tree}>
        <Member family={familyOf(works, id)} current={id} onClose={onClose} />
      </ul>
    </Modal>
  );
}

interface MemberProps {
  readonly family: Family<Work>;
  readonly current: string;
  readonly onClose: () => void;
}

function Member({ family: { work, children }, current, onClose }: MemberProps) {
  const { history } = useEditWords();
  return (
    <li className={styles.member}>
      {work ? (
        <Kept work={work} isCurrent={work.id === current} onClose={onClose} />
      ) : (
        <p className={styles.gone}>
          <ImageOff size={20} aria-hidden />
          {history.gone}
        </p>
      )}
      {children.length > 0 ? (
        <ul className={styles.children}>
          {children.map((child) => (
            <Member key={child.id} family={child} current={current} onClose={onClose} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function Kept({ work, isCurrent, onClose }: { work: Work; isCurrent: boolean; onClose: () => void }) {
  const { actions } = useGallery();
  const { common, format } = useWords();
  const open = () => {
    onClose();
    actions.open(work.id);
  };
  return (
    <button
      type="button"
      className={isCurrent ? `${styles.work} ${styles.current}` : styles.work}
      aria-current={isCurrent || undefined}
      onClick={open}
    >
      <span className={styles.thumb}>
        <Thumbnail work={work} />
      </span>
      <span className={styles.words}>
        <span className={styles.prompt} dir="auto">
          {shorten(work.text, 80) || common.noPrompt}
        </span>
        <span className="hint">
          {format.size(work.width, work.height)} · {format.date(work.createdAtMs)}
        </span>
      </span>
    </button>
  );
}
