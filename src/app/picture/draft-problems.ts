import { draftLimits, type Draft } from './draft.ts';

/** The inputs that a message can stand beside. */
export type DraftField =
  'prompt' | 'negativePrompt' | 'steps' | 'guidanceScale' | 'seed' | 'size' | 'count' | 'strength' | 'source';

export interface DraftProblem {
  readonly message: string;
  /** A valid size near the one that was asked for. */
  readonly nearest?: { readonly width: number; readonly height: number };
}

export type DraftProblems = Partial<Record<DraftField, DraftProblem>>;

/** All that is wrong with what was entered; empty when it can be made. `sizeMultiple` in pixels. */
export function draftProblems(draft: Draft, sizeMultiple: number): DraftProblems {
  const { steps, guidanceScale, seed, count, strength } = draftLimits;
  return collect({
    prompt: promptProblem(draft.prompt),
    negativePrompt: lengthProblem(draft.negativePrompt),
    steps: whole(draft.steps) ?? between(draft.steps, steps),
    guidanceScale: between(draft.guidanceScale, guidanceScale),
    seed: whole(draft.seed) ?? between(draft.seed, seed),
    size: sizeProblem(draft, sizeMultiple),
    count: whole(draft.count) ?? between(draft.count, count),
    strength: between(draft.strength, strength),
  });
}

function collect(found: Record<string, string | DraftProblem | undefined>): DraftProblems {
  const wrong = Object.entries(found).filter(([, problem]) => problem !== undefined);
  return Object.fromEntries(
    wrong.map(([field, problem]) => [field, typeof problem === 'string' ? { message: problem } : problem]),
  );
}

function promptProblem(prompt: string): string | undefined {
  return prompt.trim() === '' ? 'Write what you want to see.' : lengthProblem(prompt);
}

function lengthProblem(text: string): string | undefined {
  const { promptCharacters: max } = draftLimits;
  return text.length > max
    ? `At most ${max.toLocaleString('en')} characters; this has ${text.length.toLocaleString('en')}. Nothing has been cut.`
    : undefined;
}

const whole = (value: number) => (Number.isInteger(value) ? undefined : 'Enter a whole number.');

function between(value: number, { min, max }: { min: number; max: number }): string | undefined {
  return value >= min && value <= max ? undefined : `Enter a number from ${min} to ${max}.`;
}

function sizeProblem({ width, height }: Draft, multiple: number): DraftProblem | undefined {
  const nearest = { width: nearestSide(width, multiple), height: nearestSide(height, multiple) };
  if (nearest.width === width && nearest.height === height) return undefined;
  const { min, max } = sideLimits(multiple);
  const message = [width, height].every((side) => side >= min && side <= max)
    ? `Sides must be multiples of ${multiple}.`
    : `Sides must be from ${min} to ${max} pixels, in multiples of ${multiple}.`;
  return Number.isNaN(width + height) ? { message } : { message, nearest };
}

function sideLimits(multiple: number) {
  const { min, max } = draftLimits.side;
  return { min: Math.ceil(min / multiple) * multiple, max: Math.floor(max / multiple) * multiple };
}

/** The nearest side (pixels) that the model takes; NaN stays NaN. */
export function nearestSide(side: number, multiple: number): number {
  const { min, max } = sideLimits(multiple);
  return Math.min(max, Math.max(min, Math.round(side / multiple) * multiple));
}
