/** Just enough of protobuf's wire format to find things in a graph: https://protobuf.dev/programming-guides/encoding/. */

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Field extends Range {
  readonly number: number;
}

/** The fields of a message, each with the range of its content. Stops where the bytes are no protobuf. */
export function* fields(bytes: Uint8Array, { start, end }: Range): Generator<Field> {
  let at = start;
  while (at < end) {
    const tag = varint(bytes, at);
    const content = contentOf(bytes, tag.value % 8, tag.end);
    if (!content || content.end > end) return;
    yield { number: Math.floor(tag.value / 8), ...content };
    at = content.end;
  }
}

/** The first field of that number, or of a path of numbers through nested messages. */
export function field(bytes: Uint8Array, within: Range, ...path: readonly number[]): Range | null {
  const [number, ...rest] = path;
  if (number === undefined) return within;
  for (const found of fields(bytes, within)) if (found.number === number) return field(bytes, found, ...rest);
  return null;
}

export function texts(bytes: Uint8Array, within: Range, number: number): readonly string[] {
  const decoder = new TextDecoder();
  const found: string[] = [];
  for (const { number: at, start, end } of fields(bytes, within))
    if (at === number) found.push(decoder.decode(bytes.subarray(start, end)));
  return found;
}

/** Wire types: 0 varint, 1 eight bytes, 2 a length and as many bytes, 5 four bytes. */
function contentOf(bytes: Uint8Array, wireType: number, start: number): Range | null {
  switch (wireType) {
    case 0:
      return { start, end: varint(bytes, start).end };
    case 1:
      return { start, end: start + 8 };
    case 2: {
      const length = varint(bytes, start);
      return { start: length.end, end: length.end + length.value };
    }
    case 5:
      return { start, end: start + 4 };
    default:
      return null;
  }
}

function varint(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let end = start;
  for (let scale = 1; end < bytes.length; scale *= 128) {
    const byte = bytes[end++]!;
    value += (byte % 128) * scale;
    if (byte < 128) break;
  }
  return { value, end };
}
