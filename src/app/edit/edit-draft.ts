/** What is asked for beside the mask, as it is being typed: numbers may be wrong. */
import { usualInpainting, type Inpainting } from '../../domain/diffusion/edit/inpainting.ts';
import { isWithin, limits, type Range } from '../../domain/limits.ts';

export interface EditDraft extends Inpainting {
  readonly prompt: string;
  /** 0 keeps what is there, 1 ignores it. */
  readonly strength: number;
}

const usualStrength = 0.75;

export const beginEdit = (prompt: string, usual: Partial<EditDraft> = {}): EditDraft => ({
  ...usualInpainting,
  strength: usualStrength,
  ...usual,
  prompt,
});

/** The numbers that are out of their range, with it. */
export type EditProblems = Partial<Record<'strength' | 'paddingPx' | 'featherPx', Range>>;

export function editProblems(draft: EditDraft): EditProblems {
  const { strength, edit } = limits;
  const ranges = { strength, paddingPx: edit.paddingPx, featherPx: edit.featherPx };
  const wrong = Object.entries(ranges).filter(([field, range]) => {
    const value = draft[field as keyof typeof ranges];
    return !isWithin(value, range) || (field !== 'strength' && !Number.isInteger(value));
  });
  return Object.fromEntries(wrong);
}
