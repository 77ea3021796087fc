import { encodeUtf8 } from './text-bytes.ts';

/** File systems allow 255 bytes for a name; this leaves room for a seed, a number and an ending. */
const maxSlugBytes = 150;
const maxSlugCharacters = 60;

/**
 * `a-cute-robot-in-a-forest-42.png`: letters and digits of any script, hyphens between. What Windows forbids cannot occur: special
 * characters, a dot or blank at the end, names of devices (`con`, `nul` …), since the seed always follows.
 */
export function recipeFileName(
  { prompt, seed }: { readonly prompt: string; readonly seed: number },
  extension: string,
): string {
  return `${slug(prompt) || 'picture'}-${seed}.${extension}`;
}

/** Words joined by hyphens, whole ones as long as they fit; empty when the text has no letter and no digit. */
export function slug(text: string): string {
  const words =
    text
      .slice(0, 1000)
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let name = '';
  for (const word of words) {
    const next = name === '' ? word : `${name}-${word}`;
    if (!fits(next)) return name === '' ? cut(word) : name;
    name = next;
  }
  return name;
}

const fits = (text: string) =>
  [...text].length <= maxSlugCharacters && encodeUtf8(text).length <= maxSlugBytes;

/** Scripts without blanks between words make one long word. */
function cut(word: string): string {
  const characters = [...word].slice(0, maxSlugCharacters);
  while (!fits(characters.join(''))) characters.pop();
  return characters.join('');
}
