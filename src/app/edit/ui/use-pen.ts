import { useRef, type PointerEvent } from 'react';
import { fromMiddle, pinch, type Point } from '../../base/controls/use-gestures.ts';
import { pressureOf, type Painting } from '../painting.ts';
import type { Stage } from './use-stage.ts';

interface Pen {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
}

/** A pen's other end, as Pointer Events tell it: https://www.w3.org/TR/pointerevents3/#the-button-property */
const penEraserButton = 5;
const middleButton = 1;

/** One finger, a pen or the mouse paints; two fingers zoom and move, and so does the middle button or the mouse with the space bar held. */
export function usePen(painting: Painting, stage: Stage, spaceHeld: React.RefObject<boolean>): Pen {
  const fingers = useRef(new Map<number, Point>());
  const doing = useRef<'paint' | 'move' | null>(null);
  const { zoom, toPicture } = stage;

  const penPoint = ({ clientX, clientY, pointerType, pressure }: globalThis.PointerEvent) => ({
    ...toPicture(clientX, clientY),
    pressure: pressureOf(pointerType, pressure),
  });
  const down = (event: PointerEvent<HTMLElement>) => {
    const { button, pointerType } = event;
    if (button !== 0 && button !== middleButton && button !== penEraserButton) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.current.size > 1) {
      painting.cancel();
      doing.current = 'move';
    } else if (button === middleButton || (pointerType === 'mouse' && spaceHeld.current)) {
      doing.current = 'move';
    } else {
      doing.current = 'paint';
      const turned = button === penEraserButton && painting.state.getState().tool !== 'eraser';
      painting.begin(penPoint(event.nativeEvent), event.altKey || turned);
    }
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    fingers.current.set(event.pointerId, now);
    if (doing.current === 'paint') {
      const all = event.nativeEvent.getCoalescedEvents();
      for (const each of all.length > 0 ? all : [event.nativeEvent]) painting.go(penPoint(each));
      return;
    }
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) return zoom.pan(now.x - before.x, now.y - before.y);
    pinch(zoom, fromMiddle(event.currentTarget, other), before, now, other);
    zoom.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
  };
  const up = (event: PointerEvent<HTMLElement>) => {
    if (!fingers.current.delete(event.pointerId)) return;
    if (doing.current === 'paint') painting.end();
    // The finger that is left paints nothing before it is lifted too.
    if (fingers.current.size === 0) doing.current = null;
    else doing.current = 'move';
  };
  return {
    onPointerDown: down,
    onPointerMove: move,
    onPointerUp: up,
    onPointerCancel: (event) => {
      painting.cancel();
      up(event);
    },
  };
}
