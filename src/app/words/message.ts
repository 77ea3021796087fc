/** What the store has to say, as facts: which sentence, and what belongs in it. The page makes words of them. */
import type { Words } from './words.ts';

type Sentence = (...facts: never) => string;

/** One of a group's sentences, with what belongs in it. */
type Said<Group extends Record<string, Sentence>> = {
  [K in keyof Group]: { readonly say: K; readonly with: Parameters<Group[K]> };
}[keyof Group];

export type Message = Said<Words['told']>;
export type PictureProblem = Said<Words['pictureProblems']>;

const said =
  <Group extends Record<string, Sentence>>() =>
  <K extends keyof Group>(say: K, ...facts: Parameters<Group[K]>): Said<Group> => ({ say, with: facts });

/** For a toast or a screen reader, typed by the sentence: `message('worksExported', 3)`. */
export const message = said<Words['told']>();

/** What is wrong with what was entered. */
export const pictureProblem = said<Words['pictureProblems']>();

export const messageWords = ({ told }: Pick<Words, 'told'>, message: Message): string =>
  wordsOf(told, message);

export function wordsOf<Group extends Record<string, Sentence>>(group: Group, fact: Said<Group>): string {
  const sentence = group[fact.say] as (...facts: readonly unknown[]) => string;
  return sentence(...fact.with);
}
