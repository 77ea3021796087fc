/** Things in a list change places, as scenes do: by dragging their handle, and with the arrow keys while it has the focus. */
import { useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';

export interface Reorder {
  /** Id of what hangs on the pointer. */
  readonly dragged: string | null;
  /** Pixels that it has been moved by. */
  readonly offsetPx: number;
  /** Before the one at this place it would land; the number of all means last. */
  readonly target: number | null;
  handle(id: string, index: number): ReorderHandlers;
}

export interface ReorderHandlers {
  onPointerDown(event: PointerEvent<HTMLElement>): void;
  onPointerMove(event: PointerEvent<HTMLElement>): void;
  onPointerUp(): void;
  onPointerCancel(): void;
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
}

/** How the thing at `index` of `count` shows that it hangs on the pointer, or that another would land beside it; below 0 it has no place. */
export function placeProps({ dragged, offsetPx, target }: Reorder, id: string, index: number, count: number) {
  const hangs = dragged === id;
  const landing =
    index < 0 || target === null
      ? undefined
      : target === index
        ? 'before'
        : target === count && index === count - 1
          ? 'after'
          : undefined;
  return {
    'data-dragged': hangs || undefined,
    'data-landing': landing,
    style: hangs ? { transform: `translateY(${offsetPx}px)` } : undefined,
  };
}

interface Drag {
  readonly id: string;
  readonly startY: number;
  readonly y: number;
  readonly target: number;
}

/** A press that moves less is none. */
const thresholdPx = 4;

export function useReorder(
  list: RefObject<HTMLElement | null>,
  move: (id: string, to: number) => void,
  /** What has a place. */
  selector = '[data-scene]',
): Reorder {
  const pressed = useRef<{ id: string; startY: number } | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);

  const end = (commit: boolean, index: number) => {
    pressed.current = null;
    if (drag && commit) move(drag.id, drag.target > index ? drag.target - 1 : drag.target);
    setDrag(null);
  };

  return {
    dragged: drag?.id ?? null,
    offsetPx: drag ? drag.y - drag.startY : 0,
    target: drag?.target ?? null,
    handle: (id, index) => ({
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pressed.current = { id, startY: pageY(event) };
      },
      onPointerMove: (event) => {
        const start = pressed.current;
        if (start?.id !== id || !list.current) return;
        const y = pageY(event);
        if (!drag && Math.abs(y - start.startY) < thresholdPx) return;
        setDrag({ ...start, y, target: placeAt(list.current, selector, event.clientY) });
        scrollNearEdge(event.currentTarget, event.clientY);
      },
      onPointerUp: () => end(true, index),
      onPointerCancel: () => end(false, index),
      onKeyDown: (event) => {
        if (event.key === 'Escape' && drag) return end(false, index);
        const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const handle = event.currentTarget;
        move(id, index + step);
        // Moving a node in the list can cost it the focus.
        requestAnimationFrame(() => handle.focus());
      },
    }),
  };
}

/** Within what scrolls, so that scrolling while dragging counts as moving. */
const pageY = (event: PointerEvent<HTMLElement>) =>
  event.clientY + (scrollParent(event.currentTarget)?.scrollTop ?? window.scrollY);

function placeAt(list: HTMLElement, selector: string, clientY: number): number {
  const cards = [...list.querySelectorAll<HTMLElement>(selector)];
  const below = cards.findIndex((card) => {
    const { top, height } = card.getBoundingClientRect();
    return card.dataset['dragged'] === undefined && clientY < top + height / 2;
  });
  return below < 0 ? cards.length : below;
}

function scrollParent(element: HTMLElement): HTMLElement | null {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    const { overflowY } = getComputedStyle(parent);
    if (/auto|scroll/.test(overflowY) && parent.scrollHeight > parent.clientHeight) return parent;
  }
  return null;
}

const edgePx = 56;
const scrollStepPx = 14;

function scrollNearEdge(handle: HTMLElement, clientY: number): void {
  const room = scrollParent(handle);
  const { top, bottom } = room?.getBoundingClientRect() ?? { top: 0, bottom: window.innerHeight };
  const step = clientY < top + edgePx ? -scrollStepPx : clientY > bottom - edgePx ? scrollStepPx : 0;
  if (step !== 0) (room ?? window).scrollBy(0, step);
}
