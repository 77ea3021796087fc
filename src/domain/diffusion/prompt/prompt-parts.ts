/** Several prompts that are drawn at once (Liu et al., "Compositional Visual Generation with Composable Diffusion Models", 2022). */
import { readPromptLoras } from './prompt-loras.ts';
import { schedulePrompt, type PromptUntil } from './prompt-schedule.ts';

export interface PromptPart {
  readonly schedule: readonly PromptUntil[];
  /** How much it counts; 1 without a word. */
  readonly weight: number;
}

const otherTags = /<(?:hypernet|lokr|loha):[^>]*>/gi;

/** Without the tags of extra networks, which must not reach the text encoder. */
export const drawnText = (prompt: string): string => readPromptLoras(prompt).text.replace(otherTags, '');

/** Words are words of any script, as Python's `\b` has it. */
const and = /(?<![\p{L}\p{N}_])AND(?![\p{L}\p{N}_])/u;
const weighted = /^(\s*[^]*?)(?:\s*:\s*([-+]?(?:\d+\.?|\d*\.\d+)))?\s*$/;

/** `a fox AND a boat :0.7`, each part with its changes over `steps` model calls. */
export function promptParts(prompt: string, steps: number): readonly PromptPart[] {
  return drawnText(prompt)
    .split(and)
    .map((part, _, parts) => {
      // Alone it stays as it was written: its end may be meant.
      const [, text = part, weight] = parts.length === 1 ? [] : (weighted.exec(part) ?? []);
      return { schedule: schedulePrompt(text, steps), weight: weight === undefined ? 1 : Number(weight) };
    });
}

/** A negative prompt changes, but is one. */
export const negativeSchedule = (prompt: string, steps: number): readonly PromptUntil[] =>
  schedulePrompt(drawnText(prompt), steps);

/** All texts that are encoded for it in the course of so many model calls. */
export function textsOf(prompt: string, calls: number): readonly string[] {
  return [...new Set(promptParts(prompt, calls).flatMap(({ schedule }) => schedule.map(({ text }) => text)))];
}
