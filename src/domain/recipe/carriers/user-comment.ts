/** Exif's UserComment: eight bytes that name the encoding, then the text (Exif 2.32, 4.6.5). */
import { decodeLatin1, decodeLoosely, decodeUtf16, encodeLatin1, encodeUtf16Be } from '../text-bytes.ts';

const prefixBytes = 8;

/** Also without the prefix, which some programs leave out. Zero bytes at the end are padding. */
export function decodeUserComment(bytes: Uint8Array): string {
  const prefix = decodeLatin1(bytes.subarray(0, prefixBytes));
  const rest = bytes.subarray(prefixBytes);
  if (prefix.startsWith('UNICODE')) return trimmed(isUtf16(rest) ? decodeUtf16(rest) : decodeLoosely(rest));
  if (prefix.startsWith('ASCII') || prefix === '\0'.repeat(prefixBytes)) return trimmed(decodeLoosely(rest));
  if (prefix.startsWith('JIS')) return trimmed(decodeLoosely(rest));
  return trimmed(decodeLoosely(bytes));
}

/** Some write UTF-8 under the name UNICODE: text of ours has no zero bytes then. */
function isUtf16(bytes: Uint8Array): boolean {
  const marked = bytes.length >= 2 && (bytes[0]! & bytes[1]!) >= 0xfe && bytes[0] !== bytes[1];
  return marked || bytes.includes(0) || decodeLoosely(bytes).includes('\u0080');
}

/**
 * As AUTOMATIC1111 writes it: UNICODE, UTF-16 with the high byte first, unmarked. Readers guess the
 * order of unmarked text; the rare text that the guess gets wrong (two CJK signs of the shape 0xNN00)
 * carries the mark.
 */
export function encodeUserComment(text: string): Uint8Array<ArrayBuffer> {
  const unmarked = unicodeComment(text);
  return decodeUserComment(unmarked) === text ? unmarked : unicodeComment(`\ufeff${text}`);
}

function unicodeComment(text: string): Uint8Array<ArrayBuffer> {
  const words = encodeUtf16Be(text);
  const bytes = new Uint8Array(prefixBytes + words.length);
  bytes.set(encodeLatin1('UNICODE\0'));
  bytes.set(words, prefixBytes);
  return bytes;
}

const trimmed = (text: string) => text.replace(/\0+$/, '');
