/** What the store has to say, as a fact: which sentence, and what belongs in it. The page makes words of it. */
import type { Words } from './words.ts';

type Told = Words['told'];

export type Message = {
  [K in keyof Told]: { readonly say: K; readonly with: Parameters<Told[K]> };
}[keyof Told];

/** Typed by the sentence: `message('worksDeleted', 3)`. */
export const message = <K extends keyof Told>(say: K, ...facts: Parameters<Told[K]>): Message =>
  ({ say, with: facts }) as Message;

export function messageWords({ told }: Pick<Words, 'told'>, { say, with: facts }: Message): string {
  const sentence = told[say] as (...facts: readonly unknown[]) => string;
  return sentence(...facts);
}
