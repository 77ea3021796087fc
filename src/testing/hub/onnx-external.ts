/** Moves a graph's larger weights into a file beside it, as exporters do for large models. Field numbers: onnx.proto3. */

interface Field {
  readonly number: number;
  readonly wireType: number;
  /** Tag included. */
  readonly whole: Buffer;
  readonly content: Buffer;
}

const smallestBytes = 256;

export function withExternalData(model: Buffer, dataName: string): { graph: Buffer; data: Buffer } {
  const parts: Buffer[] = [];
  let offset = 0;
  const graph = rewrite(model, 7, (content) =>
    rewrite(content, 5, (tensor) => {
      const raw = fieldsOf(tensor).find((field) => field.number === 9)?.content;
      if (!raw || raw.length < smallestBytes) return tensor;
      const padding = Buffer.alloc((64 - (raw.length % 64)) % 64);
      parts.push(raw, padding);
      const moved = Buffer.concat([
        ...fieldsOf(tensor).flatMap((field) => (field.number === 9 ? [] : [field.whole])),
        entry('location', dataName),
        entry('offset', String(offset)),
        entry('length', String(raw.length)),
        // data_location = EXTERNAL
        Buffer.from([14 * 8, 1]),
      ]);
      offset += raw.length + padding.length;
      return moved;
    }),
  );
  return { graph, data: Buffer.concat(parts) };
}

function rewrite(message: Buffer, number: number, change: (content: Buffer) => Buffer): Buffer {
  return Buffer.concat(
    fieldsOf(message).map((field) =>
      field.number === number ? delimited(number, change(field.content)) : field.whole,
    ),
  );
}

const entry = (key: string, value: string) =>
  delimited(13, Buffer.concat([delimited(1, Buffer.from(key)), delimited(2, Buffer.from(value))]));

const delimited = (number: number, content: Buffer) =>
  Buffer.concat([Buffer.from(varint(number * 8 + 2)), Buffer.from(varint(content.length)), content]);

function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < message.length;) {
    const [tag, afterTag] = readVarint(message, at);
    const wireType = tag % 8;
    const [length, start] = wireType === 2 ? readVarint(message, afterTag) : [0, afterTag];
    const plain = {
      0: readVarint(message, afterTag)[1],
      1: afterTag + 8,
      2: start + length,
      5: afterTag + 4,
    };
    const end = plain[wireType as 0 | 1 | 2 | 5];
    fields.push({
      number: Math.floor(tag / 8),
      wireType,
      whole: message.subarray(at, end),
      content: message.subarray(start, end),
    });
    at = end;
  }
  return fields;
}

function readVarint(message: Buffer, at: number): readonly [number, number] {
  let value = 0;
  for (let i = 0; ; i++) {
    const byte = message[at + i] ?? 0;
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return [value, at + i + 1];
  }
}

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
