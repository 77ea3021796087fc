import { useEffect, useRef, type CSSProperties, type ReactNode } from 'react';
import { useGestures } from './use-gestures.ts';
import type { Zoom } from './use-zoom.ts';
import styles from './zoomable.module.css';

interface ZoomStageProps {
  readonly zoom: Zoom;
  readonly onSwipe?: (steps: 1 | -1) => void;
  /** Gets the style of what is zoomed. */
  readonly children: (style: CSSProperties) => ReactNode;
}

/** A stage that takes all the room it is given; what is in it is zoomed and moved by mouse, wheel and fingers. */
export function ZoomStage({ zoom, onSwipe, children }: ZoomStageProps) {
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

  return (
    <div
      ref={stage}
      className={view.scale > 1 ? `${styles.zoomable} ${styles.zoomed}` : styles.zoomable}
      {...handlers}
    >
      {children({ transform: `translate(${view.x + swipedPx}px, ${view.y}px) scale(${view.scale})` })}
    </div>
  );
}

interface ZoomableProps extends Omit<ZoomStageProps, 'children'> {
  /** Null while it is being read. */
  readonly url: string | null;
  readonly alt: string;
}

/** A picture in such a stage. */
export function Zoomable({ url, alt, ...stage }: ZoomableProps) {
  return (
    <ZoomStage {...stage}>
      {(style) => (url === null ? null : <img src={url} alt={alt} draggable={false} style={style} />)}
    </ZoomStage>
  );
}
