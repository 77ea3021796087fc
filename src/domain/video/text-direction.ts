export type Direction = 'ltr' | 'rtl';

/** Blocks that Unicode keeps for right-to-left scripts (DerivedBidiClass.txt), and their marks RLM and ALM. */
const rightToLeft =
  /(?=\p{L})[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]|[\u200F\u061C]/u;
const strong = /\p{L}|[\u200E\u200F\u061C]/u;
const isolateStart = /[\u2066-\u2068]/;
const isolateEnd = '\u2069';

/** A paragraph's base direction: that of its first strong character outside isolates (UAX #9, rules P2 and P3); left-to-right without one. */
export function directionOf(paragraph: string): Direction {
  let depth = 0;
  for (const character of paragraph) {
    if (isolateStart.test(character)) depth += 1;
    else if (character === isolateEnd) depth = Math.max(0, depth - 1);
    else if (depth === 0 && strong.test(character)) return rightToLeft.test(character) ? 'rtl' : 'ltr';
  }
  return 'ltr';
}
