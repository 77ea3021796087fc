/** UTF-8 without `TextDecoder`, which is not part of the language. Names are ASCII nearly always. */
import { corrupt } from './wire.ts';

/** Throws `file-corrupt` for bytes that are no UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  if (bytes.every((byte) => byte < 128)) return asciiOf(bytes);
  const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  try {
    return decodeURIComponent(escaped);
  } catch {
    throw corrupt('a name is no text');
  }
}

export function toUtf8(text: string): Uint8Array {
  const escaped = encodeURIComponent(text);
  const bytes: number[] = [];
  for (let i = 0; i < escaped.length; i++) {
    const isEscape = escaped[i] === '%';
    bytes.push(isEscape ? parseInt(escaped.slice(i + 1, i + 3), 16) : escaped.charCodeAt(i));
    if (isEscape) i += 2;
  }
  return Uint8Array.from(bytes);
}

const longest = 4096;

function asciiOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += longest)
    text += String.fromCharCode(...bytes.subarray(at, at + longest));
  return text;
}
