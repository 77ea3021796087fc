import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import type { Zoom } from './use-zoom.ts';

const swipePx = 60;
const doubleClickFactor = 3;

interface Gestures {
  /** How far the picture follows a swipe. */
  readonly swipedPx: number;
  readonly handlers: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
    onDoubleClick: (event: React.MouseEvent<HTMLElement>) => void;
  };
}

/** One finger pans, or swipes while the picture fits; two pinch; the wheel and a double click zoom. */
export function useGestures(
  stage: RefObject<HTMLElement | null>,
  zoom: Zoom,
  onSwipe: ((steps: 1 | -1) => void) | undefined,
): Gestures {
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const [swipedPx, setSwipedPx] = useState(0);
  useWheel(stage, zoom);

  const end = (event: PointerEvent, answer: boolean) => {
    pointers.current.delete(event.pointerId);
    if (answer && Math.abs(swipedPx) > swipePx) onSwipe?.(swipedPx < 0 ? 1 : -1);
    setSwipedPx(0);
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, now);
    if (other) pinch(zoom, fromMiddle(event.currentTarget, other), before, now, other);
    else if (zoom.view.scale > 1) zoom.pan(now.x - before.x, now.y - before.y);
    else if (onSwipe) setSwipedPx((px) => px + now.x - before.x);
  };

  return {
    swipedPx,
    handlers: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      },
      onPointerMove: move,
      onPointerUp: (event) => end(event, true),
      onPointerCancel: (event) => end(event, false),
      onDoubleClick: (event) => {
        const point = fromMiddle(event.currentTarget, { x: event.clientX, y: event.clientY });
        if (zoom.view.scale > 1) zoom.reset();
        else zoom.zoomBy(doubleClickFactor, point);
      },
    },
  };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The finger that rests is the fixed spot. */
export function pinch(zoom: Zoom, spot: Point, before: Point, now: Point, other: Point): void {
  const apart = (point: Point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
  zoom.zoomBy(apart(now) / apart(before), spot);
}

export function fromMiddle(stage: HTMLElement, { x, y }: Point): Point {
  const box = stage.getBoundingClientRect();
  return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
}

/** React listens to the wheel passively, where the page's own zoom cannot be held back. */
export function useWheel(stage: RefObject<HTMLElement | null>, { zoomBy }: Zoom): void {
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      zoomBy(Math.exp(-event.deltaY / 300), fromMiddle(element, { x: event.clientX, y: event.clientY }));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [stage, zoomBy]);
}
