/** How the values of fields are read and written: one kind for each sort of value that ONNX uses. */
import type { ByteWriter } from './byte-writer.ts';
import { fromUtf8 } from './utf8.ts';
import { corrupt, readSigned, wireTypes, type WireField } from './wire.ts';

export interface ValueKind<V> {
  readonly wireType: number;
  /** Several at once, where numbers are packed into one field. */
  read(bytes: Uint8Array, field: WireField, depth: number): readonly V[];
  /** The content, without tag and length. */
  write(value: V, out: ByteWriter): void;
}

export const text: ValueKind<string> = {
  wireType: wireTypes.delimited,
  read: (bytes, field) => [fromUtf8(contentOf(bytes, field))],
  write: (value, out) => out.text(value),
};

/** Views, never copies. */
export const binary: ValueKind<Uint8Array> = {
  wireType: wireTypes.delimited,
  read: (bytes, field) => [contentOf(bytes, field)],
  write: (value, out) => out.bytes(value),
};

export const int: ValueKind<number> = {
  wireType: wireTypes.varint,
  read: (bytes, { wireType, start, end }) => {
    if (wireType === wireTypes.varint) return [readSigned(bytes, start)[0]];
    if (wireType !== wireTypes.delimited) throw corrupt('a whole number is stored as something else');
    const values: number[] = [];
    for (let at = start; at < end;) {
      const [value, next] = readSigned(bytes, at);
      if (next > end) throw corrupt('a number ends beyond its list');
      values.push(value);
      at = next;
    }
    return values;
  },
  write: (value, out) => out.varint(value),
};

export const float: ValueKind<number> = {
  wireType: wireTypes.bytes4,
  read: (bytes, { wireType, start, end }) => {
    const isList = wireType === wireTypes.delimited;
    if (!isList && wireType !== wireTypes.bytes4) throw corrupt('a number is stored as something else');
    if ((end - start) % 4 !== 0) throw corrupt('a list of numbers ends within one');
    const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
    return Array.from({ length: (end - start) / 4 }, (_, i) => view.getFloat32(4 * i, true));
  },
  write: (value, out) => out.float32(value),
};

export function contentOf(bytes: Uint8Array, { wireType, start, end }: WireField): Uint8Array {
  if (wireType !== wireTypes.delimited) throw corrupt('a text is stored as a number');
  return bytes.subarray(start, end);
}
