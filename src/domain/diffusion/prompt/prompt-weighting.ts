/** A piece of a prompt and how much its words count; 1 is normal. */
export interface WeightedText {
  readonly text: string;
  readonly weight: number;
}

/** Whether the prompt has anything that `parsePromptWeights` would read as more than text. */
export function hasWeightingSyntax(prompt: string): boolean {
  return /[()[\]\\]|\bBREAK\b/.test(prompt);
}

/**
 * Reads the weights of AUTOMATIC1111's syntax: `(word)` counts 1.1 times, `((word))` 1.21 times, `[word]` 1/1.1 times, `(word:1.3)` 1.3
 * times; `\(` and the like stand for the sign itself. Brackets that are never closed hold to the end, closing ones without an opening
 * are text; nothing throws. A prompt without any of it comes back untouched, so that it is tokenised as it was written.
 * @returns one list for each section; the word BREAK begins a new one. Neighbours of one weight are joined; an empty prompt is one section with one empty text.
 */
export function parsePromptWeights(prompt: string): readonly (readonly WeightedText[])[] {
  if (!hasWeightingSyntax(prompt)) return [[{ text: prompt, weight: 1 }]];
  const pieces = readPieces(prompt);
  const sections = [0, ...breaksIn(pieces)].map((from, at, starts) => pieces.slice(from, starts[at + 1]));
  return sections.map((section) => joinEqualWeights(section));
}

const roundFactor = 1.1;
const squareFactor = 1 / roundFactor;

const lexemes = /\\[\\()[\]]|\(|\[|:\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*\)|\)|\]|\bBREAK\b|[^\\()[\]:B]+|[^]/g;

interface Piece {
  text: string;
  weight: number;
  readonly isBreak: boolean;
}

/** Where the brackets that are still open began, as indices of pieces. */
interface OpenBrackets {
  readonly round: number[];
  readonly square: number[];
}

function readPieces(prompt: string): Piece[] {
  const pieces: Piece[] = [];
  const open: OpenBrackets = { round: [], square: [] };
  for (const [lexeme] of prompt.matchAll(lexemes)) readLexeme(lexeme, pieces, open);
  for (const start of open.round) multiplyFrom(pieces, start, roundFactor);
  for (const start of open.square) multiplyFrom(pieces, start, squareFactor);
  return pieces;
}

function readLexeme(lexeme: string, pieces: Piece[], open: OpenBrackets): void {
  if (lexeme === '(') open.round.push(pieces.length);
  else if (lexeme === '[') open.square.push(pieces.length);
  else if (lexeme.endsWith(')') && !lexeme.startsWith('\\') && open.round.length > 0) {
    const stated = lexeme === ')' ? roundFactor : Number.parseFloat(lexeme.slice(1));
    multiplyFrom(pieces, open.round.pop()!, stated);
  } else if (lexeme === ']' && open.square.length > 0) multiplyFrom(pieces, open.square.pop()!, squareFactor);
  else pieces.push({ text: unescaped(lexeme), weight: 1, isBreak: lexeme === 'BREAK' });
}

function unescaped(lexeme: string): string {
  return lexeme.startsWith('\\') ? lexeme.slice(1) : lexeme;
}

function multiplyFrom(pieces: readonly Piece[], start: number, factor: number): void {
  for (const piece of pieces.slice(start)) piece.weight *= factor;
}

function breaksIn(pieces: readonly Piece[]): number[] {
  return pieces.flatMap((piece, at) => (piece.isBreak ? [at] : []));
}

/** The white space beside a BREAK goes with it. */
function joinEqualWeights(section: readonly Piece[]): readonly WeightedText[] {
  const joined: { text: string; weight: number }[] = [];
  for (const { text, weight } of section.filter((piece) => !piece.isBreak)) {
    const last = joined.at(-1);
    if (last?.weight === weight) last.text += text;
    else joined.push({ text, weight });
  }
  return joined.length === 0 ? [{ text: '', weight: 1 }] : joined;
}
