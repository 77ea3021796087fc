/** Where a line of text may end: the Unicode line breaking algorithm (UAX #14), and words in the languages that it leaves to dictionaries. */
import { Rules } from '@cto.af/linebreak';

/** Not with its `example7`: that finds rules by their functions' names, which a minified build does not keep. */
const rules = new Rules({ string: true });

/** `text`, which holds no line break of its own, in the pieces between which a line may end; spaces stay at the end of their piece. */
export const lineBreakPieces = (text: string): string[] =>
  [...rules.breaks(text)].flatMap(({ string }) => dictionaryPieces(string ?? ''));

/** UAX #14's class SA: written without spaces, broken between words, which only a dictionary tells; the platform has one. */
const complexContext = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function dictionaryPieces(piece: string): string[] {
  if (!complexContext.test(piece)) return [piece];
  const pieces: string[] = [];
  let wordBefore = false;
  for (const { segment, isWordLike = false } of words.segment(piece)) {
    // Marks and signs stay with their words.
    if (isWordLike && wordBefore) pieces.push(segment);
    else pieces.push((pieces.pop() ?? '') + segment);
    wordBefore = isWordLike;
  }
  return pieces;
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What a reader calls a letter, whatever it is made of. */
export const graphemes = (text: string): string[] => [...letters.segment(text)].map(({ segment }) => segment);
