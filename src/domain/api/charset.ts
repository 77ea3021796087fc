/** Which encoding a body's text is in, as a label of the Encoding Standard. */

const marks: readonly (readonly [label: string, bytes: readonly number[]])[] = [
  ['utf-32', [0xff, 0xfe, 0, 0]],
  ['utf-32', [0, 0, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * A byte-order mark decides; then the zeros of UTF-16 or UTF-32, since JSON and forms begin with an ASCII character (RFC 4627, 3); then what
 * `contentType` says; else it is UTF-8. Labels that no `TextDecoder` knows come back as they are.
 */
export function charsetOf(bytes: Uint8Array, contentType: string | undefined): string {
  const marked = marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  return marked?.[0] ?? charsetByZeros(bytes) ?? declaredCharset(contentType) ?? 'utf-8';
}

function charsetByZeros(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0 && second === 0) return 'utf-32';
  if (second === 0 && third === 0 && fourth === 0) return 'utf-32';
  if (first === 0) return 'utf-16be';
  return second === 0 ? 'utf-16le' : undefined;
}

function declaredCharset(contentType = ''): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1]?.toLowerCase();
}

/** The media type alone, in lower case; empty when none was named. */
export const mediaTypeOf = (contentType = '') => contentType.split(';')[0]!.trim().toLowerCase();
