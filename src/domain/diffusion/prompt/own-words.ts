/** Words that a person gave a meaning of their own: found wherever they stand alone, in any case; of several the longest. */
export function ownWordPattern(words: readonly string[]): RegExp {
  const longestFirst = [...words].sort((a, b) => b.length - a.length).map(escaped);
  return new RegExp(`(?<![\\p{L}\\p{N}_-])(${longestFirst.join('|')})(?![\\p{L}\\p{N}_-])`, 'giu');
}

/** Those of `words` that a text has, in lower case. */
export function wordsIn(text: string, words: readonly string[]): readonly string[] {
  if (words.length === 0) return [];
  return [...text.matchAll(ownWordPattern(words))].map(([word]) => word.toLowerCase());
}

const escaped = (word: string) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
