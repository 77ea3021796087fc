/** A mask in the making: the hand's movements become steps. Points are in pixels of the picture. Draws nothing and hears no events. */
import {
  boxWithin,
  maskFacts,
  wholeBox,
  type Box,
  type Mask,
  type MaskFacts,
} from '../../domain/mask/mask.ts';
import { createMaskHistory } from '../../domain/mask/mask-history.ts';
import { strokePart, type MaskStep } from '../../domain/mask/mask-step.ts';
import { createStore, type StoreApi } from '../base/store.ts';

export const paintTools = ['brush', 'eraser', 'lasso', 'fill'] as const;
export type PaintTool = (typeof paintTools)[number];

export interface PaintingState extends MaskFacts {
  readonly tool: PaintTool;
  /** Across, in pixels of the picture. */
  readonly sizePx: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Of a lasso that is being drawn: x, y, one after the other. */
  readonly outline: readonly number[] | null;
}

export interface PenPoint {
  readonly x: number;
  readonly y: number;
  /** 0 … 1 of the size. */
  readonly pressure: number;
}

export interface Painting {
  readonly state: StoreApi<PaintingState>;
  readonly mask: Mask;
  /** What of the mask has changed last. */
  readonly changed: StoreApi<{ readonly box: Box }>;
  readonly steps: () => readonly MaskStep[];
  readonly choose: (tool: PaintTool) => void;
  readonly resize: (sizePx: number) => void;
  /** `opposite`: takes away what would be added, and the other way round. */
  readonly begin: (at: PenPoint, opposite: boolean) => void;
  readonly go: (to: PenPoint) => void;
  readonly end: () => void;
  /** As if it had not begun. */
  readonly cancel: () => void;
  readonly add: (step: MaskStep) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** A brush is so much of the shorter side, to begin with. */
const usualShare = 0.12;

export function createPainting(width: number, height: number, begun: readonly MaskStep[] = []): Painting {
  const history = createMaskHistory(width, height, begun);
  const { mask } = history;
  const changed = createStore<{ readonly box: Box }>(() => ({ box: wholeBox(mask) }));
  const state = createStore<PaintingState>(() => ({
    tool: 'brush',
    sizePx: Math.max(1, Math.round(Math.min(width, height) * usualShare)),
    outline: null,
    ...facts(),
  }));
  let stroke: { readonly points: number[]; readonly erase: boolean } | null = null;

  function facts() {
    return { ...maskFacts(mask), canUndo: history.canUndo(), canRedo: history.canRedo() };
  }
  const show = (box: Box | null) => box && changed.setState({ box });
  const done = (box: Box | null) => {
    show(box);
    state.setState({ ...facts(), outline: null });
  };
  const add = (step: MaskStep) => done(history.add(step));

  const extend = ({ x, y, pressure }: PenPoint) => {
    if (!stroke) return;
    const { tool, sizePx } = state.getState();
    if (tool === 'lasso') {
      stroke.points.push(x, y);
      return state.setState({ outline: [...stroke.points] });
    }
    stroke.points.push(x, y, Math.max(0.5, (sizePx * pressure) / 2));
    show(strokePart(mask, stroke.points, stroke.points.length - 3, stroke.erase));
  };

  return {
    state,
    mask,
    changed,
    steps: history.steps,
    choose: (tool) => state.setState({ tool }),
    resize: (sizePx) => state.setState({ sizePx }),
    begin: (at, opposite) => {
      const { tool } = state.getState();
      const erase = (tool === 'eraser') !== opposite;
      if (tool === 'fill') {
        if (boxWithin(mask, { left: at.x, top: at.y, right: at.x + 1, bottom: at.y + 1 }))
          add({ kind: 'fill', erase, x: Math.floor(at.x), y: Math.floor(at.y) });
        return;
      }
      stroke = { points: [], erase };
      extend(at);
    },
    go: extend,
    end: () => {
      if (!stroke) return;
      const { points, erase } = stroke;
      const lasso = state.getState().outline !== null;
      stroke = null;
      add(lasso ? { kind: 'lasso', erase, outline: points } : { kind: 'stroke', erase, points });
    },
    cancel: () => {
      if (!stroke) return;
      stroke = null;
      done(history.restore());
    },
    add,
    undo: () => done(history.undo()),
    redo: () => done(history.redo()),
  };
}

/** The next smaller or larger size: a few pixels while it is small, in proportion when it is large. */
export function nextSize(sizePx: number, direction: 1 | -1, mostPx: number): number {
  const step = Math.max(1, Math.round(sizePx * 0.15));
  return Math.min(mostPx, Math.max(1, sizePx + direction * step));
}

/** A pen at rest still draws; the hand's full weight draws the whole size. Mice and fingers press fully. */
export const pressureOf = (pointerType: string, pressure: number): number =>
  pointerType === 'pen' ? 0.25 + 0.75 * Math.min(1, Math.max(0, pressure)) : 1;
