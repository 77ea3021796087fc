import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Work } from '../../../domain/recipe/work.ts';
import { useGallery, useGalleryState } from '../gallery-hooks.tsx';
import { movedIndex, tilePosition } from './grid-layout.ts';
import { useVisibleTiles } from './use-visible-tiles.ts';
import { WorkTile } from './work-tile.tsx';
import { useWords } from '../../words/words-context.tsx';
import { readingKey } from '../../base/reading.ts';
import styles from './work-grid.module.css';

/** All works, of which only those in view are in the page. Arrow keys move, Enter opens, F favours, Delete deletes. */
export function WorkGrid({ works }: { works: readonly Work[] }) {
  const grid = useRef<HTMLUListElement>(null);
  const { gallery } = useWords();
  const { actions } = useGallery();
  const selected = useGalleryState((state) => state.selected);
  const { layout, start, end } = useVisibleTiles(grid, works.length);
  const [activeIndex, setActiveIndex] = useState(0);
  const active = Math.min(activeIndex, works.length - 1);
  const focusSoon = useFocusOnIndex(grid);
  const { press, favour } = usePresses(works);

  const onKeyDown = (event: KeyboardEvent) => {
    const work = works[active];
    const target = movedIndex(readingKey(event.key), active, layout.columns, works.length);
    if (target !== undefined) {
      setActiveIndex(target);
      scrollTo(grid.current, tilePosition(layout, target).y, layout.tilePx);
      focusSoon(target);
    } else if (event.key === 'Delete' && work) {
      void actions.remove(selected?.length ? selected : [work.id]);
    } else if (event.key === 'f' && work && !event.ctrlKey && !event.metaKey) {
      favour(work);
    } else return;
    event.preventDefault();
  };

  return (
    <ul
      ref={grid}
      className={styles.grid}
      aria-label={gallery.works}
      style={{ height: layout.heightPx }}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const index = event.target.closest<HTMLElement>('[data-index]')?.dataset['index'];
        if (index !== undefined) setActiveIndex(Number(index));
      }}
    >
      {works.slice(start, end).map((work, offset) => {
        const index = start + offset;
        return (
          <WorkTile
            key={work.id}
            work={work}
            index={index}
            count={works.length}
            {...tilePosition(layout, index)}
            sizePx={layout.tilePx}
            selected={selected?.includes(work.id) ?? null}
            reachable={index === active}
            onPress={press}
            onFavour={favour}
          />
        );
      })}
    </ul>
  );
}

/** Handlers that stay the same from one drawing to the next, so that tiles which did not change are not drawn again. */
function usePresses(works: readonly Work[]) {
  const { store, actions } = useGallery();
  const order = useRef<readonly string[]>([]);
  useEffect(() => {
    order.current = works.map(({ id }) => id);
  }, [works]);
  const press = useCallback(
    (work: Work, extend: boolean) => {
      if (store.getState().selected === null && !extend) actions.open(work.id);
      else actions.toggle(work.id, order.current, extend);
    },
    [store, actions],
  );
  const favour = useCallback((work: Work) => void actions.favour([work.id], !work.favourite), [actions]);
  return { press, favour };
}

/** Focus goes to a tile once it is in the page, which may be a drawing later. */
function useFocusOnIndex(grid: React.RefObject<HTMLElement | null>): (index: number) => void {
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const button = grid.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] button`);
    if (!button) return;
    wanted.current = null;
    button.focus({ preventScroll: true });
  });
  return (index) => {
    wanted.current = index;
  };
}

const marginPx = 16;

function scrollTo(grid: HTMLElement | null, y: number, tilePx: number): void {
  if (!grid) return;
  const top = grid.getBoundingClientRect().top + y;
  if (top < marginPx) window.scrollBy({ top: top - marginPx });
  const bottom = top + tilePx + marginPx - window.innerHeight;
  if (bottom > 0) window.scrollBy({ top: bottom });
}
