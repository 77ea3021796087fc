/** Who says to have made a file, in its content credentials (C2PA): the claim's generator, CBOR inside JUMBF, wherever it lies in the file. */
import { decodeUtf8, encodeLatin1 } from '../text-bytes.ts';

const key = encodeLatin1('claim_generator');
const infoKey = encodeLatin1('_info');
const nameKey = encodeLatin1('\x64name');
const searchBytes = 400;

/** Shown, never trusted: signatures are not checked here. Null without a claim. */
export function claimGenerator(file: Uint8Array): string | null {
  for (let at = find(file, key, 0); at >= 0; at = find(file, key, at + 1)) {
    const value = at + key.length;
    const isInfo = find(file.subarray(value, value + infoKey.length), infoKey, 0) === 0;
    const found = isInfo ? nameIn(file, value + infoKey.length) : textAt(file, value);
    if (found) return found;
  }
  return null;
}

function nameIn(file: Uint8Array, from: number): string | null {
  const near = file.subarray(from, from + searchBytes);
  const at = find(near, nameKey, 0);
  return at < 0 ? null : textAt(near, at + nameKey.length);
}

/** A CBOR text: its length in the head's low bits, or in the byte or two behind it (RFC 8949, 3.1). */
function textAt(bytes: Uint8Array, at: number): string | null {
  const head = bytes[at] ?? 0;
  if (head >> 5 !== 3) return null;
  const short = head & 31;
  const [length, start] =
    short < 24 ? [short, at + 1] : short === 24 ? [bytes[at + 1] ?? 0, at + 2] : [0, at];
  return length === 0 ? null : decodeUtf8(bytes.subarray(start, start + length));
}

function find(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(wanted[0]!, from); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
