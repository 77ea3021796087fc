/** How caption text is broken into lines. Where it is drawn, and with which letters, is the compositor's business. */
import { graphemes, lineBreakPieces } from './line-breaks.ts';
import { directionOf, type Direction } from './text-direction.ts';

export interface CaptionLine {
  readonly text: string;
  /** The base direction of its paragraph. */
  readonly direction: Direction;
}

export interface CaptionLayout {
  readonly lines: readonly CaptionLine[];
  /** The end of the text that found no room; empty when all is there. */
  readonly rest: string;
}

export interface CaptionRoom {
  /** In the unit of `measure`. */
  readonly maxWidth: number;
  readonly maxLines: number;
  readonly measure: (line: string) => number;
}

const ellipsis = '…';

/**
 * Lines of at most `maxWidth`. The text's own line breaks are kept; others are made where UAX #14 allows them, between words in Thai, Lao, Khmer
 * and Burmese, and inside a word only where it alone is too wide. What does not fit is left out from a word on, and an ellipsis says so.
 */
export function layoutCaption(text: string, room: CaptionRoom): CaptionLayout {
  const all = text.split(hardBreak).flatMap((paragraph) => paragraphLines(paragraph, room));
  if (all.length <= room.maxLines) return { lines: all.map(toLine), rest: '' };
  return shorten(all, room);
}

/** As `layoutCaption`: the lines' texts alone. */
export function captionLines(
  text: string,
  maxWidth: number,
  measure: (line: string) => number,
  maxLines = 3,
): string[] {
  return layoutCaption(text, { maxWidth, maxLines, measure }).lines.map((line) => line.text);
}

/** UAX #14's classes BK, CR, LF and NL. */
const hardBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

interface DraftLine {
  readonly pieces: readonly string[];
  readonly direction: Direction;
}

function paragraphLines(paragraph: string, room: CaptionRoom): DraftLine[] {
  const clean = paragraph.replace(/[^\S\u00A0\u202F]+/g, ' ').trim();
  const direction = directionOf(clean);
  const fits = (line: string) => room.measure(line.trim()) <= room.maxWidth;
  const lines: string[][] = [[]];
  for (const piece of lineBreakPieces(clean).flatMap((each) =>
    fits(each) ? [each] : splitWord(each, fits),
  )) {
    if (lines.at(-1)!.length > 0 && !fits(lines.at(-1)!.join('') + piece)) lines.push([]);
    lines.at(-1)!.push(piece);
  }
  return lines.map((pieces) => ({ pieces, direction })).filter(({ pieces }) => pieces.join('').trim() !== '');
}

/** Between letters, but no closing mark is taken from what it closes, no opening one from what it opens, unless they are too wide together. */
function splitWord(word: string, fits: (line: string) => boolean): string[] {
  const pieces: string[] = [];
  for (const letter of graphemes(word)) {
    const before = pieces.at(-1);
    const belongs = before !== undefined && (opens.test(before) || closes.test(letter));
    if (belongs && fits(before + letter)) pieces[pieces.length - 1] = before + letter;
    else pieces.push(letter);
  }
  return pieces;
}

const opens = /[\p{Ps}\p{Pi}\p{Sc}]$/u;
const closes = /^[\p{Pe}\p{Pf}.,;:!?%。、！？]/u;

const textOf = (pieces: readonly string[]) => pieces.join('').trim();
const toLine = ({ pieces, direction }: DraftLine): CaptionLine => ({ text: textOf(pieces), direction });

/** Takes words from the end until the ellipsis fits behind what is left; letters only where nothing but one long word is left. */
function shorten(all: readonly DraftLine[], { maxLines, maxWidth, measure }: CaptionRoom): CaptionLayout {
  const kept = all.slice(0, maxLines).map(({ pieces, direction }) => ({ pieces: [...pieces], direction }));
  const rest = all.slice(maxLines).map(({ pieces }) => textOf(pieces));
  const ended = (pieces: readonly string[]) => textOf(pieces) + ellipsis;
  for (;;) {
    const { pieces } = kept.at(-1)!;
    if (measure(ended(pieces)) <= maxWidth) break;
    if (pieces.length === 1 && kept.length === 1) {
      const letters = graphemes(pieces[0]!);
      if (letters.length === 0) break;
      rest.unshift(letters.pop()!);
      pieces[0] = letters.join('');
    } else {
      rest.unshift(pieces.pop()!.trim());
      if (pieces.length === 0) kept.pop();
    }
  }
  const lines = kept.map(toLine);
  const last = kept.at(-1)!;
  return {
    lines: [...lines.slice(0, -1), { ...lines.at(-1)!, text: ended(last.pieces) }],
    rest: rest.join(' '),
  };
}
