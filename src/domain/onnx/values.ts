/** How the values of fields are read and written: one kind for each sort of value that ONNX uses. */
import { fromUtf8, toUtf8 } from './utf8.ts';
import {
  corrupt,
  joined,
  piecesOf,
  readSigned,
  varintBytes,
  wireTypes,
  type Pieces,
  type WireField,
} from './wire.ts';

export interface ValueKind<V> {
  readonly wireType: number;
  /** Several at once, where numbers are packed into one field. */
  read(bytes: Uint8Array, field: WireField, depth: number): readonly V[];
  write(value: V): Pieces;
}

export const text: ValueKind<string> = {
  wireType: wireTypes.delimited,
  read: (bytes, field) => [fromUtf8(contentOf(bytes, field))],
  write: (value) => piecesOf([toUtf8(value)]),
};

/** Views, never copies. */
export const binary: ValueKind<Uint8Array> = {
  wireType: wireTypes.delimited,
  read: (bytes, field) => [contentOf(bytes, field)],
  write: (value) => piecesOf([value]),
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
  write: (value) => piecesOf([Uint8Array.from(varintBytes(value))]),
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
  write: (value) => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return piecesOf([bytes]);
  },
};

/** Many numbers in one field, as most lists of a tensor's values are stored. */
export const packed = (kind: ValueKind<number>, values: readonly number[]): Uint8Array =>
  joined(piecesOf(values.flatMap((value) => kind.write(value).parts)));

export function contentOf(bytes: Uint8Array, { wireType, start, end }: WireField): Uint8Array {
  if (wireType !== wireTypes.delimited) throw corrupt('a text is stored as a number');
  return bytes.subarray(start, end);
}
