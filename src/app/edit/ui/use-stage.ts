import { useCallback, useEffect, useRef, useState, type CSSProperties, type RefObject } from 'react';
import { fit } from '../../base/controls/zoom.ts';
import { useZoom, type Zoom } from '../../base/controls/use-zoom.ts';
import type { Size } from '../../making/making-context.ts';

export interface Stage {
  readonly ref: RefObject<HTMLDivElement | null>;
  /** Of the stage's element, which may come later. */
  readonly attach: (element: HTMLDivElement | null) => void;
  readonly zoom: Zoom;
  /** Of the layer that lies over the picture, pixel on pixel. */
  readonly layer: CSSProperties;
  /** CSS pixels for each pixel of the picture. */
  readonly scale: number;
  /** Pixels of the picture; outside of it too. */
  readonly toPicture: (clientX: number, clientY: number) => { readonly x: number; readonly y: number };
}

/** A picture in the middle of its stage, as large as it fits, nearer by zooming. `picture` in pixels. */
export function useStage(picture: Size, marginPx = 20): Stage {
  const ref = useRef<HTMLDivElement>(null);
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const attach = useCallback((now: HTMLDivElement | null) => {
    ref.current = now;
    setElement(now);
  }, []);
  const [room, setRoom] = useState<Size>({ width: 1, height: 1 });
  const zoom = useZoom(picture);
  const { measured, view } = zoom;
  useEffect(() => {
    if (!element) return;
    const resized = new ResizeObserver(() => {
      const now = {
        width: Math.max(1, element.clientWidth - 2 * marginPx),
        height: Math.max(1, element.clientHeight - 2 * marginPx),
      };
      measured(now);
      setRoom(now);
    });
    resized.observe(element);
    return () => resized.disconnect();
  }, [element, measured, marginPx]);

  const { fitWidth, fitHeight } = fit(room, picture);
  const scale = (fitWidth * view.scale) / picture.width;
  const toPicture = useCallback(
    (clientX: number, clientY: number) => {
      const box = ref.current!.getBoundingClientRect();
      const fromMiddle = {
        x: clientX - box.left - box.width / 2 - view.x,
        y: clientY - box.top - box.height / 2 - view.y,
      };
      return { x: fromMiddle.x / scale + picture.width / 2, y: fromMiddle.y / scale + picture.height / 2 };
    },
    [view.x, view.y, scale, picture.width, picture.height],
  );
  const layer = {
    width: fitWidth * view.scale,
    height: fitHeight * view.scale,
    transform: `translate(calc(-50% + ${view.x}px), calc(-50% + ${view.y}px))`,
  };
  return { ref, attach, zoom, layer, scale, toPicture };
}
