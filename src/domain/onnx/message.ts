/**
 * Reads and writes messages by a table of their fields. What was read remembers where it came from, through spreads too; the writer gives
 * back byte by byte whatever is still as it was read, also fields that no table names, and writes anew only what was changed.
 */
import { contentOf, packed, type ValueKind } from './values.ts';
import { corrupt, piecesOf, tagBytes, varintBytes, wireFields, wireTypes, type Pieces } from './wire.ts';

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
    write: (value) => writeMessage(entries(), value as Record_),
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

function writeMessage(table: Table, value: Record_): Pieces {
  const from = value[origin] as Origin | undefined;
  const isAsRead = (key: string) => from?.read[key] === value[key];
  const keys = [...table.values()].map(([key]) => key);
  if (from && keys.every(isAsRead)) return piecesOf([from.bytes]);
  const fieldsOf = new Map(table.values());
  const parts: Uint8Array[] = [];
  const written = new Set<string>();
  const writeNew = (key: string) => {
    if (written.has(key)) return;
    written.add(key);
    for (const part of writeField(fieldsOf.get(key)!, value[key])) parts.push(part);
  };
  for (const { key, start, end } of from?.layout ?? [])
    if (key === null || isAsRead(key)) parts.push(from!.bytes.subarray(start, end));
    else writeNew(key);
  for (const key of keys) if (!from || !isAsRead(key)) writeNew(key);
  return piecesOf(parts);
}

function writeField({ number, kind, repeated, packed: isPacked }: Field, value: unknown): Uint8Array[] {
  if (value === undefined) return [];
  const values = (repeated ? value : [value]) as readonly never[];
  if (isPacked) {
    if (values.length === 0) return [];
    const content = packed(kind, values);
    return [...delimitedTag(number, content.length), content];
  }
  return values.flatMap((single) => {
    const content = kind.write(single);
    const head =
      kind.wireType === wireTypes.delimited
        ? delimitedTag(number, content.length)
        : [Uint8Array.from(tagBytes(number, kind.wireType))];
    return [...head, ...content.parts];
  });
}

const delimitedTag = (number: number, length: number) => [
  Uint8Array.from([...tagBytes(number, wireTypes.delimited), ...varintBytes(length)]),
];
