/** Protobuf's wire format: https://protobuf.dev/programming-guides/encoding/. */
import { AppError } from '../errors.ts';

/** How a field's content is stored; groups (3 and 4) are not used by ONNX. */
export const wireTypes = { varint: 0, bytes8: 1, delimited: 2, bytes4: 5 } as const;

export interface WireField {
  readonly number: number;
  readonly wireType: number;
  /** Where the tag begins; the content; where the next field begins. */
  readonly tagStart: number;
  readonly start: number;
  readonly end: number;
}

export const corrupt = (what: string) => new AppError('file-corrupt', `This is not an ONNX graph: ${what}.`);

/** The fields of a message, from the first byte to the last. Throws `file-corrupt` where the bytes are no protobuf. */
export function* wireFields(bytes: Uint8Array): Generator<WireField> {
  for (let tagStart = 0; tagStart < bytes.length;) {
    const [tag, afterTag] = readVarint(bytes, tagStart);
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (number === 0) throw corrupt(`byte ${tagStart} has a field without a number`);
    const [length, start] = extentOf(bytes, afterTag, wireType);
    const end = start + length;
    if (end > bytes.length) throw corrupt(`a field at byte ${tagStart} ends beyond its message`);
    yield { number, wireType, tagStart, start, end };
    tagStart = end;
  }
}

function extentOf(bytes: Uint8Array, at: number, wireType: number): readonly [length: number, start: number] {
  switch (wireType) {
    case wireTypes.varint:
      return [readVarint(bytes, at)[1] - at, at];
    case wireTypes.bytes8:
      return [8, at];
    case wireTypes.delimited:
      return readVarint(bytes, at);
    case wireTypes.bytes4:
      return [4, at];
    default:
      throw corrupt(`byte ${at} has a field of the unknown kind ${wireType}`);
  }
}

/** [value, index of the byte behind it]. Exact up to 2^53, which no length exceeds. */
function readVarint(bytes: Uint8Array, at: number): readonly [value: number, end: number] {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) break;
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return [value, at + i + 1];
  }
  throw corrupt(`the number at byte ${at} has no end`);
}

/** As `readVarint`, for numbers that may be negative: those fill all 64 bits. */
export function readSigned(bytes: Uint8Array, at: number): readonly [value: number, end: number] {
  const [value, end] = readVarint(bytes, at);
  if (value < 2 ** 53) return [value, end];
  let exact = 0n;
  for (let i = end - 1; i >= at; i--) exact = (exact << 7n) | BigInt(bytes[i]! & 127);
  return [Number(BigInt.asIntN(64, exact)), end];
}

/** Bytes that follow each other: what is large stays where it is until somebody wants it in one piece. */
export interface Pieces {
  readonly parts: readonly Uint8Array[];
  readonly length: number;
}

export function joined({ parts, length }: Pieces): Uint8Array {
  const [only, second] = parts;
  if (only && !second) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
