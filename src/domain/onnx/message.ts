/**
 * Reads and writes messages by a table of their fields. What was read remembers where it came from, through spreads too; the writer gives
 * back byte by byte whatever is still as it was read, also fields that no table names, and writes anew only what was changed.
 */
import type { ByteWriter } from './byte-writer.ts';
import { contentOf, type ValueKind } from './values.ts';
import { corrupt, wireFields, wireTypes } from './wire.ts';

interface Field {
  readonly number: number;
  readonly kind: ValueKind<never>;
  readonly repeated: boolean;
  readonly packed: boolean;
}

/** A field for every property of `T`: a list for lists, a single one for the others. */
export type Fields<T> = { readonly [K in keyof T]-?: FieldOf<Exclude<T[K], undefined>> };
declare const holds: unique symbol;
type FieldOf<V> = Field & { readonly [holds]: V };

export const one = <V>(number: number, kind: ValueKind<V>) => fieldOf<V>(number, kind, false, false);
export const many = <V>(number: number, kind: ValueKind<V>) =>
  fieldOf<readonly V[]>(number, kind, true, false);
export const manyPacked = (number: number, kind: ValueKind<number>) =>
  fieldOf<readonly number[]>(number, kind, true, true);

const fieldOf = <V>(number: number, kind: unknown, repeated: boolean, isPacked: boolean) =>
  ({ number, kind, repeated, packed: isPacked }) as FieldOf<V>;

type Record_ = Readonly<Record<string | symbol, unknown>>;

interface Origin {
  readonly bytes: Uint8Array;
  /** In the file's order: which property a stretch of bytes belongs to; null for what no table names. */
  readonly layout: readonly { readonly key: string | null; readonly start: number; readonly end: number }[];
  readonly read: Record_;
}

const origin = Symbol('origin');

/** As deep as protobuf itself goes; deeper, bytes mean harm. */
const deepest = 100;

export function message<T extends object>(fields: () => Fields<T>): ValueKind<T> {
  let table: ReadonlyMap<number, readonly [string, Field]> | undefined;
  const entries = () => (table ??= new Map(Object.entries<Field>(fields()).map((e) => [e[1].number, e])));
  return {
    wireType: wireTypes.delimited,
    read: (bytes, field, depth) => {
      if (depth > deepest) throw corrupt('it is nested too deep');
      return [readMessage(entries(), contentOf(bytes, field), depth + 1) as T];
    },
    write: (value, out) => writeMessage(entries(), value as Record_, out),
  };
}

type Table = ReadonlyMap<number, readonly [string, Field]>;

function readMessage(table: Table, bytes: Uint8Array, depth: number): Record_ {
  const read: Record<string | symbol, unknown> = {};
  for (const [key, { repeated }] of table.values()) if (repeated) read[key] = [];
  const layout: Origin['layout'][number][] = [];
  for (const found of wireFields(bytes)) {
    const [key, field] = table.get(found.number) ?? [null, null];
    layout.push({ key, start: found.tagStart, end: found.end });
    if (!field) continue;
    const values = field.kind.read(bytes, found, depth);
    if (field.repeated) for (const value of values) (read[key] as unknown[]).push(value);
    else read[key] = values.at(-1);
  }
  read[origin] = { bytes, layout, read } satisfies Origin;
  return read;
}

function writeMessage(table: Table, value: Record_, out: ByteWriter): void {
  const from = value[origin] as Origin | undefined;
  const isAsRead = (key: string) => from?.read[key] === value[key];
  if (from && [...table.values()].every(([key]) => isAsRead(key))) {
    out.bytes(from.bytes);
    return;
  }
  if (from) writeEdited(table, value, from, isAsRead, out);
  else for (const [key, field] of table.values()) writeField(field, value[key], out);
}

/** In the order in which it was read; what is new comes where its kind was, or last. */
function writeEdited(
  table: Table,
  value: Record_,
  from: Origin,
  isAsRead: (key: string) => boolean,
  out: ByteWriter,
): void {
  const fieldsOf = new Map(table.values());
  const written = new Set<string>();
  const writeNew = (key: string) => {
    if (written.has(key)) return;
    written.add(key);
    writeField(fieldsOf.get(key)!, value[key], out);
  };
  for (const { key, start, end } of from.layout)
    if (key === null || isAsRead(key)) out.bytes(from.bytes.subarray(start, end));
    else writeNew(key);
  for (const key of fieldsOf.keys()) if (!isAsRead(key)) writeNew(key);
}

function writeField({ number, kind, repeated, packed }: Field, value: unknown, out: ByteWriter): void {
  if (value === undefined) return;
  const values = (repeated ? value : [value]) as readonly never[];
  if (packed) {
    if (values.length > 0)
      delimited(out, number, (inner) => values.forEach((single) => kind.write(single, inner)));
    return;
  }
  for (const single of values) {
    if (kind.wireType === wireTypes.delimited) delimited(out, number, (inner) => kind.write(single, inner));
    else {
      out.varint(number * 8 + kind.wireType);
      kind.write(single, out);
    }
  }
}

function delimited(out: ByteWriter, number: number, write: (inner: ByteWriter) => void): void {
  const inner = out.child();
  write(inner);
  out.varint(number * 8 + wireTypes.delimited);
  out.varint(inner.length);
  out.append(inner);
}
