/** Writes what `torch.save` writes, for tests: a pickle of plain opcodes in a zip whose entries are stored. Also wrong ones. */
import { zipSync, type Zippable } from 'fflate';

/** Pickle opcodes by what they do, as bytes. */
export const op = {
  proto: Uint8Array.of(0x80, 2),
  mark: Uint8Array.of(0x28),
  dict: Uint8Array.of(0x7d),
  list: Uint8Array.of(0x5d),
  none: Uint8Array.of(0x4e),
  no: Uint8Array.of(0x89),
  emptyTuple: Uint8Array.of(0x29),
  tuple: Uint8Array.of(0x74),
  tuple1: Uint8Array.of(0x85),
  reduce: Uint8Array.of(0x52),
  newObject: Uint8Array.of(0x81),
  build: Uint8Array.of(0x62),
  setItem: Uint8Array.of(0x73),
  persistent: Uint8Array.of(0x51),
  dup: Uint8Array.of(0x32),
  stop: Uint8Array.of(0x2e),
};

const text = (value: string) => new TextEncoder().encode(value);

export const string = (value: string) => {
  const bytes = text(value);
  const head = new Uint8Array(5);
  head[0] = 0x58;
  new DataView(head.buffer).setUint32(1, bytes.length, true);
  return bytesOf(head, bytes);
};

export const int = (value: number) => {
  const bytes = new Uint8Array(5);
  bytes[0] = 0x4a;
  new DataView(bytes.buffer).setInt32(1, value, true);
  return bytes;
};

export const global = (module: string, name: string) =>
  bytesOf(Uint8Array.of(0x63), text(`${module}\n${name}\n`));

export const tupleOf = (...items: Uint8Array[]) => bytesOf(op.mark, ...items, op.tuple);

export function bytesOf(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts));
}

export interface PickledTensor {
  readonly key: string;
  readonly storage?: string;
  readonly offset?: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly count?: number;
}

/** `torch._utils._rebuild_tensor_v2(…)` */
export function tensor({
  key,
  storage = 'FloatStorage',
  offset = 0,
  shape,
  strides,
  count = 0,
}: PickledTensor) {
  const reference = tupleOf(
    string('storage'),
    global('torch', storage),
    string(key),
    string('cpu'),
    int(count),
  );
  const hooks = bytesOf(global('collections', 'OrderedDict'), op.emptyTuple, op.reduce);
  return bytesOf(
    global('torch._utils', '_rebuild_tensor_v2'),
    tupleOf(
      reference,
      op.persistent,
      int(offset),
      tupleOf(...shape.map(int)),
      tupleOf(...strides.map(int)),
      op.no,
      hooks,
    ),
    op.reduce,
  );
}

export const dictOf = (entries: readonly (readonly [key: Uint8Array, value: Uint8Array])[]) =>
  bytesOf(op.dict, ...entries.flatMap(([key, value]) => [key, value, op.setItem]));

export const pickle = (value: Uint8Array) => bytesOf(op.proto, value, op.stop);

export function torchZip(
  data: Uint8Array,
  storages: Readonly<Record<string, Uint8Array>> = {},
  level: 0 | 9 = 0,
): Uint8Array<ArrayBuffer> {
  const files: Zippable = { 'archive/data.pkl': [data, { level }] };
  for (const [key, bytes] of Object.entries(storages)) files[`archive/data/${key}`] = [bytes, { level }];
  return Uint8Array.from(zipSync(files));
}
