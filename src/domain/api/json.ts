/**
 * Reads JSON as strictly as a public door should: also refuses what `JSON.parse` lets pass (a key twice, deep nesting), and names faults and
 * their places as Python's `json` does, which is what FastAPI's clients know.
 */

export class JsonFault extends Error {
  /** In characters (code points). */
  readonly position: number;

  constructor(message: string, text: string, index: number) {
    super(message);
    this.position = [...text.slice(0, index)].length;
  }
}

const maxDepth = 64;

/** The value of `text`. Objects have no prototype. Throws `JsonFault`. */
export function readJson(text: string): unknown {
  const reader: Reader = { text, at: text.startsWith('\uFEFF') ? 1 : 0 };
  const value = readValue(reader, 0);
  skipSpace(reader);
  if (reader.at < text.length) throw fault(reader, 'Extra data');
  return value;
}

interface Reader {
  readonly text: string;
  at: number;
}

function readValue(reader: Reader, depth: number): unknown {
  if (depth > maxDepth) throw fault(reader, 'Nested too deeply');
  skipSpace(reader);
  const first = reader.text[reader.at];
  if (first === '"') return readString(reader);
  if (first === '{') return readObject(reader, depth);
  if (first === '[') return readArray(reader, depth);
  for (const [word, value] of words) if (take(reader, word)) return value;
  return readNumber(reader);
}

const words = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

function readObject(reader: Reader, depth: number): Record<string, unknown> {
  const object = Object.create(null) as Record<string, unknown>;
  reader.at += 1;
  skipSpace(reader);
  if (take(reader, '}')) return object;
  for (;;) {
    skipSpace(reader);
    const start = reader.at;
    if (reader.text[start] !== '"') throw fault(reader, 'Expecting property name enclosed in double quotes');
    const key = readString(reader);
    if (key in object) throw new JsonFault('Duplicate property name', reader.text, start);
    skipSpace(reader);
    if (!take(reader, ':')) throw fault(reader, "Expecting ':' delimiter");
    object[key] = readValue(reader, depth + 1);
    skipSpace(reader);
    if (take(reader, '}')) return object;
    if (!take(reader, ',')) throw fault(reader, "Expecting ',' delimiter");
  }
}

function readArray(reader: Reader, depth: number): unknown[] {
  const array: unknown[] = [];
  reader.at += 1;
  skipSpace(reader);
  if (take(reader, ']')) return array;
  for (;;) {
    array.push(readValue(reader, depth + 1));
    skipSpace(reader);
    if (take(reader, ']')) return array;
    if (!take(reader, ',')) throw fault(reader, "Expecting ',' delimiter");
  }
}

// eslint-disable-next-line no-control-regex
const plainText = /[^"\\\u0000-\u001f]*/y;

function readString(reader: Reader): string {
  const start = reader.at;
  let text = '';
  reader.at += 1;
  for (;;) {
    text += match(reader, plainText) ?? '';
    if (reader.at >= reader.text.length) {
      throw new JsonFault('Unterminated string starting at', reader.text, start);
    }
    if (take(reader, '"')) return text;
    if (reader.text[reader.at] !== '\\') throw fault(reader, 'Invalid control character at');
    text += readEscape(reader, start);
  }
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const hexDigits = /[0-9a-fA-F]{4}/y;

function readEscape(reader: Reader, start: number): string {
  const letter = reader.text[reader.at + 1];
  if (letter === undefined) throw new JsonFault('Unterminated string starting at', reader.text, start);
  if (letter === 'u') {
    reader.at += 2;
    const digits = match(reader, hexDigits);
    if (digits === undefined) throw new JsonFault('Invalid \\uXXXX escape', reader.text, reader.at - 1);
    return String.fromCharCode(parseInt(digits, 16));
  }
  const character = escapes[letter];
  if (character === undefined) throw fault(reader, 'Invalid \\escape');
  reader.at += 2;
  return character;
}

const numberText = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const space = /[ \t\n\r]*/y;

function readNumber(reader: Reader): number {
  const digits = match(reader, numberText);
  if (digits === undefined) throw fault(reader, 'Expecting value');
  return Number(digits);
}

function match(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  reader.at += found?.length ?? 0;
  return found;
}

function take(reader: Reader, word: string): boolean {
  const there = reader.text.startsWith(word, reader.at);
  if (there) reader.at += word.length;
  return there;
}

const skipSpace = (reader: Reader) => void match(reader, space);
const fault = (reader: Reader, message: string) => new JsonFault(message, reader.text, reader.at);
