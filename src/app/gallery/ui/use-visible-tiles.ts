import { useEffect, useState, type RefObject } from 'react';
import { gridLayout, visibleRange, type GridLayout } from './grid-layout.ts';

export interface VisibleTiles {
  readonly layout: GridLayout;
  readonly start: number;
  readonly end: number;
}

/** The part of a long grid that is worth drawing, as the window scrolls and the grid's width changes. */
export function useVisibleTiles(grid: RefObject<HTMLElement | null>, count: number): VisibleTiles {
  const [tiles, setTiles] = useState<VisibleTiles>(() => measure(null, count));

  useEffect(() => {
    const element = grid.current;
    if (!element) return;
    const update = () => {
      const next = measure(element, count);
      setTiles((tiles) => (isSame(tiles, next) ? tiles : next));
    };
    const resized = new ResizeObserver(update);
    resized.observe(element);
    window.addEventListener('scroll', update, { passive: true });
    window.addEventListener('resize', update);
    update();
    return () => {
      resized.disconnect();
      window.removeEventListener('scroll', update);
      window.removeEventListener('resize', update);
    };
  }, [grid, count]);

  return tiles;
}

function measure(element: HTMLElement | null, count: number): VisibleTiles {
  const { top, width } = element?.getBoundingClientRect() ?? { top: 0, width: 0 };
  const layout = gridLayout(width, width === 0 ? 0 : count);
  return { layout, ...visibleRange(layout, top, window.innerHeight, count) };
}

function isSame(a: VisibleTiles, b: VisibleTiles): boolean {
  return (
    a.start === b.start &&
    a.end === b.end &&
    a.layout.tilePx === b.layout.tilePx &&
    a.layout.heightPx === b.layout.heightPx
  );
}
