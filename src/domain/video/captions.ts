/** How caption text is broken into lines. Where it is drawn, and with which letters, is the compositor's business. */

const maxLines = 3;
const ellipsis = '…';

/**
 * At most three lines, none wider than `maxWidth` as `measure` tells (in its own unit); what does not fit ends with an ellipsis. Breaks at
 * words where the language has them (also without spaces, as in Chinese), inside a word only where it alone is too wide.
 */
export function captionLines(text: string, maxWidth: number, measure: (line: string) => number): string[] {
  const fits = (line: string) => measure(line.trim()) <= maxWidth;
  const lines: string[] = [];
  let line = '';
  for (const piece of breakable(text, fits)) {
    if (line !== '' && !fits(line + piece)) {
      lines.push(line.trim());
      line = '';
    }
    line += piece;
  }
  lines.push(line.trim());
  const filled = lines.filter((each) => each !== '');
  return filled.length <= maxLines ? filled : shorten(filled, fits);
}

function breakable(text: string, fits: (line: string) => boolean): string[] {
  const clean = text.replace(/\s+/g, ' ').trim();
  return segments(clean, 'word').flatMap((word) => (fits(word) ? [word] : segments(word, 'grapheme')));
}

function segments(text: string, granularity: 'word' | 'grapheme'): string[] {
  return [...new Intl.Segmenter(undefined, { granularity }).segment(text)].map(({ segment }) => segment);
}

function shorten(lines: readonly string[], fits: (line: string) => boolean): string[] {
  const letters = segments(lines[maxLines - 1]!, 'grapheme');
  while (letters.length > 0 && !fits(letters.join('') + ellipsis)) letters.pop();
  return [...lines.slice(0, maxLines - 1), letters.join('').trim() + ellipsis];
}
