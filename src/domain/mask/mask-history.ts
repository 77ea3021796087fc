/** A mask with all steps that made it: any of them can be taken back and done again. */
import { emptyMask, wholeBox, type Box, type Mask } from './mask.ts';
import { applyStep, type MaskStep } from './mask-step.ts';

export interface MaskHistory {
  readonly mask: Mask;
  /** Those that made it, in order. */
  readonly steps: () => readonly MaskStep[];
  readonly canUndo: () => boolean;
  readonly canRedo: () => boolean;
  /** Each returns what of the mask has changed; null for nothing. What was taken back can no longer be done again after a new step. */
  readonly add: (step: MaskStep) => Box | null;
  readonly undo: () => Box | null;
  readonly redo: () => Box | null;
  /** As after the last step, whatever was done to the mask beside the steps. */
  readonly restore: () => Box;
}

/** Every so many steps the mask is put aside, so that taking one back repeats only the few since. */
const stepsBetween = 8;

export function createMaskHistory(
  width: number,
  height: number,
  begun: readonly MaskStep[] = [],
): MaskHistory {
  const mask = emptyMask(width, height);
  const steps: MaskStep[] = [];
  let undone: MaskStep[] = [];
  /** As it was after so many steps. */
  const aside = new Map<number, Uint8Array>([[0, mask.data.slice()]]);

  const apply = (step: MaskStep) => {
    const box = applyStep(mask, step);
    steps.push(step);
    if (steps.length % stepsBetween === 0) aside.set(steps.length, mask.data.slice());
    return box;
  };
  begun.forEach(apply);
  const restore = () => {
    const from = Math.max(...aside.keys());
    mask.data.set(aside.get(from)!);
    for (const step of steps.slice(from)) applyStep(mask, step);
    return wholeBox(mask);
  };

  return {
    mask,
    steps: () => [...steps],
    canUndo: () => steps.length > 0,
    canRedo: () => undone.length > 0,
    add: (step) => {
      undone = [];
      return apply(step);
    },
    undo: () => {
      const last = steps.pop();
      if (!last) return null;
      undone.push(last);
      aside.delete(steps.length + 1);
      return restore();
    },
    redo: () => {
      const next = undone.pop();
      return next ? apply(next) : null;
    },
    restore,
  };
}
