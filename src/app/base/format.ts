/** Texts as they fit. Numbers, amounts and times are the language's: `words/format.ts`. */

/** The first words of a text, cut at a word. */
export function shorten(text: string, maxCharacters: number): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= maxCharacters) return plain;
  const cut = plain.slice(0, maxCharacters);
  const space = cut.lastIndexOf(' ');
  return `${space > maxCharacters / 2 ? cut.slice(0, space) : cut}…`;
}

/** Keeps `256 × 256` on one line. */
export const keepSizesWhole = (text: string) => text.replaceAll(' × ', '\u00a0×\u00a0');
