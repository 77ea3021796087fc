import { useCallback, useMemo, useRef, useState } from 'react';
import type { ZoomButtons } from './viewer.tsx';
import { fit, fitted, maxScale, panBy, zoomAt, type StageSize, type ZoomView } from './zoom.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** One view of a picture, which two stages may share. */
export interface Zoom {
  readonly view: ZoomView;
  readonly buttons: ZoomButtons;
  /** The stage tells its size; of two, the last one counts, and they are alike. */
  readonly measured: (stage: { readonly width: number; readonly height: number }) => void;
  readonly zoomBy: (factor: number, point?: Point) => void;
  readonly pan: (dx: number, dy: number) => void;
  readonly reset: () => void;
}

const buttonFactor = 1.5;

/** `picture` in pixels. */
export function useZoom(picture: { readonly width: number; readonly height: number }): Zoom {
  const { width, height } = picture;
  const [view, setView] = useState(fitted);
  const size = useRef<StageSize>(fit({ width: 1, height: 1 }, { width: 1, height: 1 }));
  const measured = useCallback(
    (stage: { readonly width: number; readonly height: number }) => {
      size.current = fit(stage, { width, height });
      setView((now) => panBy(now, 0, 0, size.current));
    },
    [width, height],
  );
  return useMemo(
    () => ({
      view,
      buttons: {
        atLeast: view.scale <= 1,
        atMost: view.scale >= maxScale,
        onZoom: (direction) =>
          setView((now) => zoomAt(now, buttonFactor ** direction, { x: 0, y: 0 }, size.current)),
      },
      measured,
      zoomBy: (factor, point = { x: 0, y: 0 }) => setView((now) => zoomAt(now, factor, point, size.current)),
      pan: (dx, dy) => setView((now) => panBy(now, dx, dy, size.current)),
      reset: () => setView(fitted),
    }),
    [view, measured],
  );
}
