import { isWithin, limits, type Range } from '../../domain/limits.ts';
import type { Draft } from './draft.ts';
import { pictureProblem, type PictureProblem } from '../words/message.ts';

/** The inputs that a message can stand beside. */
export type DraftField =
  | 'prompt'
  | 'negativePrompt'
  | 'steps'
  | 'guidanceScale'
  | 'seed'
  | 'variationSeed'
  | 'variationStrength'
  | 'clipSkip'
  | 'size'
  | 'count'
  | 'strength'
  | 'hiresScale'
  | 'hiresSteps'
  | 'hiresStrength'
  | 'source';

export interface DraftProblem {
  readonly what: PictureProblem;
  /** A valid size near the one that was asked for. */
  readonly nearest?: { readonly width: number; readonly height: number };
}

export type DraftProblems = Partial<Record<DraftField, DraftProblem>>;

/** All that is wrong with what was entered; empty when it can be made. `sizeMultiple` in pixels. */
export function draftProblems(draft: Draft, sizeMultiple: number): DraftProblems {
  const { steps, guidanceScale, seed, clipSkip, count, strength } = limits;
  return collect({
    prompt: promptProblem(draft.prompt),
    negativePrompt: lengthProblem(draft.negativePrompt),
    steps: whole(draft.steps) ?? between(draft.steps, steps),
    guidanceScale: between(draft.guidanceScale, guidanceScale),
    seed: whole(draft.seed) ?? between(draft.seed, seed),
    variationStrength: between(draft.variation.strength, strength),
    variationSeed: whole(draft.variation.seed) ?? between(draft.variation.seed, seed),
    clipSkip: whole(draft.clipSkip) ?? between(draft.clipSkip, clipSkip),
    size: sizeProblem(draft, sizeMultiple),
    ...hiresProblems(draft),
    count: whole(draft.count) ?? between(draft.count, count),
    strength: between(draft.strength, strength),
  });
}

function hiresProblems({ hires, width, height }: Draft): Record<string, PictureProblem | undefined> {
  if (!hires) return {};
  const { scale, steps, strength } = hires;
  const { largestSide } = limits.edit;
  const most = { min: limits.hires.scale.min, max: largestSide / Math.max(width, height) };
  return {
    hiresScale: between(scale, limits.hires.scale) ?? (most.max < scale ? tooLarge(most.max) : undefined),
    hiresSteps: whole(steps) ?? between(steps, limits.hires.steps),
    hiresStrength: between(strength, limits.strength),
  };
}

/** Two digits, so that it can be entered as it is told. */
const tooLarge = (mostScale: number) =>
  pictureProblem('outside', limits.hires.scale.min, Math.floor(mostScale * 100) / 100);

function collect(found: Record<string, PictureProblem | DraftProblem | undefined>): DraftProblems {
  const wrong = Object.entries(found).filter(([, problem]) => problem !== undefined);
  return Object.fromEntries(
    wrong.map(([field, problem]) => [field, problem && 'say' in problem ? { what: problem } : problem]),
  );
}

function promptProblem(prompt: string): PictureProblem | undefined {
  return prompt.trim() === '' ? pictureProblem('empty') : lengthProblem(prompt);
}

function lengthProblem(text: string): PictureProblem | undefined {
  const { promptCharacters: max } = limits;
  return text.length > max ? pictureProblem('tooLong', max, text.length) : undefined;
}

const whole = (value: number) => (Number.isInteger(value) ? undefined : pictureProblem('notWhole'));

function between(value: number, range: Range): PictureProblem | undefined {
  return isWithin(value, range) ? undefined : pictureProblem('outside', range.min, range.max);
}

function sizeProblem({ width, height }: Draft, multiple: number): DraftProblem | undefined {
  const nearest = { width: nearestSide(width, multiple), height: nearestSide(height, multiple) };
  if (nearest.width === width && nearest.height === height) return undefined;
  const range = sideLimits(multiple);
  const what = [width, height].every((side) => isWithin(side, range))
    ? pictureProblem('notMultiple', multiple)
    : pictureProblem('sidesOutside', range.min, range.max, multiple);
  return Number.isNaN(width + height) ? { what } : { what, nearest };
}

function sideLimits(multiple: number): Range {
  const { min, max } = limits.pictureSide;
  return { min: Math.ceil(min / multiple) * multiple, max: Math.floor(max / multiple) * multiple };
}

/** The nearest side (pixels) that the model takes; NaN stays NaN. */
export function nearestSide(side: number, multiple: number): number {
  const { min, max } = sideLimits(multiple);
  return Math.min(max, Math.max(min, Math.round(side / multiple) * multiple));
}
