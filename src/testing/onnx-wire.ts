/**
 * A second reader of ONNX files, which shares nothing with the one that the app writes them by: protobuf's wire format, with the field numbers of
 * https://github.com/onnx/onnx/blob/v1.17.0/onnx/onnx.proto. Only what graphs of the compiler have; anything else throws.
 */
export interface ReadTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: number;
  /** Bytes; of external data, as many as it says. */
  readonly sizeBytes: number;
  readonly raw: Uint8Array | null;
}

export interface ReadValue {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
}

export interface ReadNode {
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, number | string | readonly number[]>;
}

export interface ReadGraph {
  readonly opsets: ReadonlyMap<string, number>;
  readonly nodes: readonly ReadNode[];
  readonly initializers: readonly ReadTensor[];
  readonly inputs: readonly ReadValue[];
  readonly outputs: readonly ReadValue[];
}

type Field = { readonly number: number; readonly value: bigint | Uint8Array };

function fieldsOf(bytes: Uint8Array): readonly Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let [value, shift] = [0n, 0n];
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('cut off');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
      shift += 7n;
    }
  };
  const taken = (length: number) => {
    if (at + length > bytes.length) throw new Error('cut off');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const [number, wire] = [key >> 3, key & 7];
    if (wire === 0) fields.push({ number, value: varint() });
    else if (wire === 2) fields.push({ number, value: taken(Number(varint())) });
    else if (wire === 5) {
      fields.push({ number, value: BigInt(view.getUint32(at, true)) });
      at += 4;
    } else throw new Error(`wire type ${wire}`);
  }
  return fields;
}

/** A message: its fields by number. */
function message(bytes: Uint8Array) {
  const fields = fieldsOf(bytes);
  const all = (number: number) => fields.flatMap((field) => (field.number === number ? [field.value] : []));
  const bytesOf = (number: number) => all(number).map((value) => value as Uint8Array);
  const numbers = (number: number) =>
    all(number).flatMap((value) => (typeof value === 'bigint' ? [signed(value)] : packed(value)));
  const text = (number: number) => new TextDecoder().decode(bytesOf(number)[0] ?? new Uint8Array());
  return {
    bytesOf,
    numbers,
    text,
    texts: (number: number) => bytesOf(number).map((each) => new TextDecoder().decode(each)),
  };
}

const signed = (value: bigint) => Number(BigInt.asIntN(64, value));

function packed(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  let [value, shift] = [0n, 0n];
  for (const byte of bytes) {
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte >= 0x80) continue;
    numbers.push(signed(value));
    [value, shift] = [0n, 0n];
  }
  return numbers;
}

export function readGraph(bytes: Uint8Array): ReadGraph {
  const model = message(bytes);
  const graph = message(model.bytesOf(7)[0]!);
  return {
    opsets: new Map(
      model
        .bytesOf(8)
        .map(message)
        .map((set) => [set.text(1), set.numbers(2)[0]!]),
    ),
    nodes: graph.bytesOf(1).map(readNode),
    initializers: graph.bytesOf(5).map(readTensor),
    inputs: graph.bytesOf(11).map(readValue),
    outputs: graph.bytesOf(12).map(readValue),
  };
}

function readNode(bytes: Uint8Array): ReadNode {
  const node = message(bytes);
  const attributes = node.bytesOf(5).map((each) => {
    const attribute = message(each);
    const type = attribute.numbers(20)[0];
    const value = {
      1: () => floatOf(attribute.numbers(2)[0]!),
      2: () => attribute.numbers(3)[0] ?? 0,
      3: () => attribute.text(4),
      7: () => attribute.numbers(8),
    }[type as 1 | 2 | 3 | 7];
    return [attribute.text(1), value()] as const;
  });
  return {
    op: node.text(4),
    domain: node.text(7),
    inputs: node.texts(1),
    outputs: node.texts(2),
    attributes: new Map<string, number | string | readonly number[]>(attributes),
  };
}

function floatOf(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits);
  return view.getFloat32(0);
}

function readTensor(bytes: Uint8Array): ReadTensor {
  const tensor = message(bytes);
  const places = new Map(
    tensor
      .bytesOf(13)
      .map(message)
      .map((entry) => [entry.text(1), entry.text(2)]),
  );
  const raw = tensor.bytesOf(9)[0] ?? null;
  if (tensor.numbers(14)[0] === 1 && places.get('location') !== tensor.text(8))
    throw new Error(`${tensor.text(8)} lies in ${places.get('location')}`);
  return {
    name: tensor.text(8),
    dims: tensor.numbers(1),
    type: tensor.numbers(2)[0]!,
    sizeBytes: raw?.length ?? Number(places.get('length')),
    raw,
  };
}

function readValue(bytes: Uint8Array): ReadValue {
  const value = message(bytes);
  const tensor = message(message(value.bytesOf(2)[0]!).bytesOf(1)[0]!);
  const dims = message(tensor.bytesOf(2)[0] ?? new Uint8Array())
    .bytesOf(1)
    .map(message);
  const shape = dims.map((dim) => {
    const [size] = dim.numbers(1);
    if (size === undefined) throw new Error(`${value.text(1)} has a free dimension`);
    return size;
  });
  return { name: value.text(1), type: tensor.numbers(1)[0]!, shape };
}
