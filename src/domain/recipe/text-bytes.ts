/** Text ⇄ bytes without the platform's encoders, which a pure room does not have. */

const replacement = 0xfffd;

/** Lone surrogates become U+FFFD, as `TextEncoder` does. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    length = writePoint(bytes, length, point >= 0xd800 && point <= 0xdfff ? replacement : point);
  }
  return bytes.slice(0, length);
}

function writePoint(bytes: Uint8Array, at: number, point: number): number {
  if (point < 0x80) {
    bytes[at] = point;
    return at + 1;
  }
  const tailLength = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  const head = [0, 0xc0, 0xe0, 0xf0][tailLength]!;
  bytes[at] = head | (point >> (6 * tailLength));
  for (let i = 1; i <= tailLength; i++) bytes[at + i] = 0x80 | ((point >> (6 * (tailLength - i))) & 0x3f);
  return at + tailLength + 1;
}

/** Ill-formed bytes become U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  const points: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const { point, length } = readPoint(bytes, at);
    points.push(point);
    at += length;
  }
  return textOf(points);
}

/** Rejects overlong forms, surrogates and points beyond U+10FFFF, one byte at a time. */
function readPoint(bytes: Uint8Array, at: number): { point: number; length: number } {
  const head = bytes[at]!;
  if (head < 0x80) return { point: head, length: 1 };
  const length =
    head >= 0xf0 && head < 0xf8 ? 4 : head >= 0xe0 && head < 0xf0 ? 3 : head >= 0xc0 && head < 0xe0 ? 2 : 0;
  let point = head & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const tail = bytes[at + i] ?? 0;
    if ((tail & 0xc0) !== 0x80) return { point: replacement, length: 1 };
    point = (point << 6) | (tail & 0x3f);
  }
  const least = [Infinity, Infinity, 0x80, 0x800, 0x10000][length]!;
  const wrong = point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff);
  return wrong ? { point: replacement, length: 1 } : { point, length };
}

export function decodeLatin1(bytes: Uint8Array): string {
  return textOf(bytes);
}

/** Latin-1, where the bytes are not UTF-8: some programs put that where Latin-1 belongs. */
export function decodeLoosely(bytes: Uint8Array): string {
  const utf8 = decodeUtf8(bytes);
  return utf8.includes('\ufffd') ? decodeLatin1(bytes) : utf8;
}

/** UTF-16, by its byte order mark, else by where the zero bytes of Latin letters lie; big-endian when neither tells. */
export function decodeUtf16(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const marked = (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe);
  const little = marked ? first === 0xff : zerosAt(bytes, 1) > zerosAt(bytes, 0);
  const units: number[] = [];
  for (let at = marked ? 2 : 0; at + 1 < bytes.length; at += 2) {
    units.push(little ? bytes[at]! | (bytes[at + 1]! << 8) : (bytes[at]! << 8) | bytes[at + 1]!);
  }
  return units.map((unit) => String.fromCharCode(unit)).join('');
}

function zerosAt(bytes: Uint8Array, parity: 0 | 1): number {
  let zeros = 0;
  for (let at = parity; at < bytes.length; at += 2) if (bytes[at] === 0) zeros++;
  return zeros;
}

export function encodeUtf16Be(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at++) {
    bytes[2 * at] = text.charCodeAt(at) >> 8;
    bytes[2 * at + 1] = text.charCodeAt(at) & 0xff;
  }
  return bytes;
}

/** Only for text that `isLatin1`. */
export function encodeLatin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function isLatin1(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /^[\u0000-\u00ff]*$/.test(text);
}

/** In pieces: a call with a million arguments overflows the stack. */
function textOf(points: ArrayLike<number>): string {
  const pieceLength = 8192;
  let text = '';
  for (let start = 0; start < points.length; start += pieceLength) {
    text += String.fromCodePoint(
      ...(Array.prototype.slice.call(points, start, start + pieceLength) as number[]),
    );
  }
  return text;
}
