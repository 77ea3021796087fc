import { Check, Film, Heart } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import type { Work } from '../../../domain/recipe/work.ts';
import { Thumbnail } from './thumbnail.tsx';
import { workLabel } from './work-words.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './work-tile.module.css';

interface WorkTileProps {
  readonly work: Work;
  readonly index: number;
  readonly count: number;
  readonly x: number;
  readonly y: number;
  readonly sizePx: number;
  /** Null while the person is not choosing. */
  readonly selected: boolean | null;
  /** The keyboard comes in here. */
  readonly reachable: boolean;
  readonly onPress: (work: Work, extend: boolean) => void;
  readonly onFavour: (work: Work) => void;
}

export const WorkTile = memo(function WorkTile(props: WorkTileProps) {
  const { work, index, count, x, y, sizePx, selected, reachable, onPress, onFavour } = props;
  const words = useWords();
  const style = {
    width: sizePx,
    height: sizePx,
    transform: `translate(calc(${x}px * var(--forward)), ${y}px)`,
  };
  return (
    <li
      className={styles.tile}
      style={style}
      aria-posinset={index + 1}
      aria-setsize={count}
      data-index={index}
    >
      <button
        type="button"
        className={styles.open}
        tabIndex={reachable ? 0 : -1}
        aria-label={workLabel(words, work)}
        aria-pressed={selected ?? undefined}
        onClick={(event: MouseEvent) => onPress(work, event.shiftKey)}
      >
        <Thumbnail work={work} />
        {work.kind === 'film' || work.via ? <Badge work={work} /> : null}
        {selected === null ? null : (
          <span className={selected ? `${styles.check} ${styles.on}` : styles.check}>
            {selected ? <Check size={16} aria-hidden /> : null}
          </span>
        )}
      </button>
      {selected === null ? (
        <button
          type="button"
          className={work.favourite ? `${styles.heart} ${styles.on}` : styles.heart}
          tabIndex={reachable ? 0 : -1}
          aria-label={words.gallery.favourite}
          aria-pressed={work.favourite}
          onClick={() => onFavour(work)}
        >
          <Heart size={17} aria-hidden />
        </button>
      ) : null}
    </li>
  );
});

/** Called so in every language. */
const api = 'API';

/** The tile's name says the same in words. */
function Badge({ work }: { work: Work }) {
  const { format } = useWords();
  return (
    <span className={styles.badge} aria-hidden>
      {work.kind === 'film' ? <Film size={13} /> : null}
      {work.durationSec === undefined ? null : format.seconds(work.durationSec)}
      {work.via === 'api' ? <span>{api}</span> : null}
    </span>
  );
}
