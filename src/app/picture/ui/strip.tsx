import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { useActions, useAppState } from '../hooks.ts';
import { shorten } from '../../base/format.ts';
import { shownPicture, type Picture } from '../picture-state.ts';
import { useWords } from '../../words/words-context.tsx';
import { readingKey } from '../../base/reading.ts';
import styles from './strip.module.css';

/** All pictures of this session, newest first. Arrow keys choose, Delete removes. */
export function Strip() {
  const { picture: words } = useWords();
  const pictures = useAppState((state) => state.pictures);
  const shown = useAppState(shownPicture);
  const { select, remove } = useActions();
  const list = useRef<HTMLUListElement>(null);
  const byKeyboardRef = useRef(false);

  const onKeyDown = (event: KeyboardEvent) => {
    const index = shown ? pictures.indexOf(shown) : 0;
    const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: pictures.length - 1 }[
      readingKey(event.key)
    ];
    if (event.key === 'Delete' && shown) remove(shown);
    else if (target !== undefined && pictures[target]) select(pictures[target].id);
    else return;
    byKeyboardRef.current = true;
    event.preventDefault();
  };
  useFollow(list, byKeyboardRef, shown?.id);

  return (
    <div className={styles.strip}>
      {pictures.length > 0 ? (
        <ul
          ref={list}
          className={styles.thumbs}
          role="listbox"
          aria-label={words.ofSession}
          aria-orientation="horizontal"
          onKeyDown={onKeyDown}
        >
          {pictures.map((picture, index) => (
            <Thumb
              key={picture.id}
              picture={picture}
              selected={picture === shown}
              reachable={shown ? picture === shown : index === 0}
              onSelect={() => select(picture.id)}
            />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

interface ThumbProps {
  readonly picture: Picture;
  readonly selected: boolean;
  readonly reachable: boolean;
  readonly onSelect: () => void;
}

function Thumb({ picture, selected, reachable, onSelect }: ThumbProps) {
  const { picture: words } = useWords();
  const { prompt, seed } = picture.recipe.settings;
  return (
    <li
      className={styles.thumb}
      role="option"
      aria-selected={selected}
      aria-label={words.thumb(shorten(prompt, 80), seed)}
      tabIndex={reachable ? 0 : -1}
      onClick={onSelect}
    >
      <img src={picture.url} alt="" draggable={false} />
    </li>
  );
}

/** The chosen one comes into view, and gets the keyboard's focus when the keyboard chose it. */
function useFollow(
  list: RefObject<HTMLUListElement | null>,
  byKeyboardRef: RefObject<boolean>,
  id: string | undefined,
): void {
  useEffect(() => {
    const option = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!option) return;
    if (byKeyboardRef.current) option.focus();
    byKeyboardRef.current = false;
    option.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [list, byKeyboardRef, id]);
}
