/** A piece of a prompt and how much its words count; 1 is normal. */
export interface WeightedText {
  readonly text: string;
  readonly weight: number;
}

/** Whether the prompt has anything that `parsePromptWeights` would read as more than text. */
export function hasWeightingSyntax(prompt: string): boolean {
  return /[()[\]\\]|BREAK/.test(prompt);
}

/**
 * Reads the weights of AUTOMATIC1111's syntax: `(word)` counts 1.1 times, `((word))` 1.21 times, `[word]` 1/1.1 times, `(word:1.3)` 1.3
 * times; `\(` and the like stand for the sign itself. Brackets that are never closed hold to the end, closing ones without an opening
 * are text; nothing throws. A prompt without any of it comes back untouched, so that it is tokenised as it was written.
 * (`parse_prompt_attention` in https://github.com/AUTOMATIC1111/stable-diffusion-webui/blob/master/modules/prompt_parser.py)
 * @returns one list for each section; the word BREAK begins a new one, but in brackets, where it is weighed with them, it is a word there
 * and here. Neighbours of one weight are joined; an empty section is one empty text.
 */
export function parsePromptWeights(prompt: string): readonly (readonly WeightedText[])[] {
  if (!hasWeightingSyntax(prompt)) return [[{ text: prompt, weight: 1 }]];
  const sections: WeightedText[][] = [[]];
  for (const piece of joinEqualWeights(readPieces(prompt))) {
    if (piece.text === breakWord && piece.weight === breakWeight) sections.push([]);
    else if (piece.text !== '') sections.at(-1)!.push(piece);
  }
  return sections.map((section) => (section.length === 0 ? [{ text: '', weight: 1 }] : section));
}

const roundFactor = 1.1;
const squareFactor = 1 / roundFactor;
const breakWord = 'BREAK';
/** By this it is told from the word, until a bracket multiplies it. */
const breakWeight = -1;

const lexemes = /\\[\\()[\]]|[\\([]|:\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*\)|[)\]]|[^\\()[\]:]+|:/g;
/** With the white space beside it. Words are words of any script. */
const breaks = /\s*(?<![\p{L}\p{N}_])BREAK(?![\p{L}\p{N}_])\s*/u;

interface Piece {
  text: string;
  weight: number;
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
  if (lexeme.startsWith('\\')) pieces.push({ text: lexeme.slice(1), weight: 1 });
  else if (lexeme === '(') open.round.push(pieces.length);
  else if (lexeme === '[') open.square.push(pieces.length);
  else if (lexeme.endsWith(')') && open.round.length > 0) {
    const stated = lexeme === ')' ? roundFactor : Number.parseFloat(lexeme.slice(1));
    multiplyFrom(pieces, open.round.pop()!, stated);
  } else if (lexeme === ']' && open.square.length > 0) multiplyFrom(pieces, open.square.pop()!, squareFactor);
  else pushWords(lexeme, pieces);
}

function pushWords(words: string, pieces: Piece[]): void {
  for (const [at, text] of words.split(breaks).entries()) {
    if (at > 0) pieces.push({ text: breakWord, weight: breakWeight });
    pieces.push({ text, weight: 1 });
  }
}

function multiplyFrom(pieces: readonly Piece[], start: number, factor: number): void {
  for (const piece of pieces.slice(start)) piece.weight *= factor;
}

function joinEqualWeights(pieces: readonly Piece[]): readonly WeightedText[] {
  const joined: Piece[] = [];
  for (const { text, weight } of pieces) {
    const last = joined.at(-1);
    if (last?.weight === weight) last.text += text;
    else joined.push({ text, weight });
  }
  return joined;
}
