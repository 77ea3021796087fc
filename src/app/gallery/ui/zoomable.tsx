import { useEffect, useRef } from 'react';
import { useGestures } from './use-gestures.ts';
import type { Zoom } from './use-zoom.ts';
import styles from './zoomable.module.css';

interface ZoomableProps {
  /** Null while it is being read. */
  readonly url: string | null;
  readonly alt: string;
  readonly zoom: Zoom;
  readonly onSwipe?: (steps: 1 | -1) => void;
}

/** A picture in a stage that takes all the room it is given. */
export function Zoomable({ url, alt, zoom, onSwipe }: ZoomableProps) {
  const stage = useRef<HTMLDivElement>(null);
  const { swipedPx, handlers } = useGestures(stage, zoom, onSwipe);
  const { measured, view } = zoom;

  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const resized = new ResizeObserver(() => {
      measured({ width: element.clientWidth, height: element.clientHeight });
    });
    resized.observe(element);
    return () => resized.disconnect();
  }, [measured]);

  const transform = `translate(${view.x + swipedPx}px, ${view.y}px) scale(${view.scale})`;
  return (
    <div
      ref={stage}
      className={view.scale > 1 ? `${styles.zoomable} ${styles.zoomed}` : styles.zoomable}
      {...handlers}
    >
      {url === null ? null : <img src={url} alt={alt} draggable={false} style={{ transform }} />}
    </div>
  );
}
