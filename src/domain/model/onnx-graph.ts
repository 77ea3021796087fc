/**
 * Reads as much of an ONNX file as is needed to know which files hold its weights. Field numbers: onnx.proto3 (ModelProto.graph 7,
 * GraphProto.node 1 and .initializer 5, NodeProto.attribute 5, AttributeProto.t 5, TensorProto.external_data 13).
 */
import { AppError } from '../errors.ts';

interface Field {
  readonly number: number;
  /** The content of a length-delimited field; null for numbers. */
  readonly bytes: Uint8Array | null;
}

/** File names, relative to the graph's folder, that hold external data. Throws `file-corrupt` when `model` is no protobuf message. */
export function externalDataNames(model: Uint8Array): readonly string[] {
  const graphs = inside([model], 7);
  const attributes = inside(inside(graphs, 1), 5);
  const tensors = [...inside(graphs, 5), ...inside(attributes, 5)];
  const names = inside(tensors, 13).flatMap((entry) => {
    const [key, value] = [inside([entry], 1)[0], inside([entry], 2)[0]];
    return key && value && utf8(key) === 'location' ? [utf8(value).replace(/^\.\//, '')] : [];
  });
  return [...new Set(names)];
}

function inside(messages: readonly Uint8Array[], number: number): Uint8Array[] {
  return messages.flatMap((message) =>
    fieldsOf(message).flatMap((field) => (field.number === number && field.bytes ? [field.bytes] : [])),
  );
}

function fieldsOf(message: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < message.length;) {
    const [tag, afterTag] = readVarint(message, at);
    const [length, start] = valueExtent(message, afterTag, tag & 7);
    if (start + length > message.length) throw corrupt();
    const bytes = (tag & 7) === 2 ? message.subarray(start, start + length) : null;
    fields.push({ number: Math.floor(tag / 8), bytes });
    at = start + length;
  }
  return fields;
}

/** Where a value lies, by its wire type. */
function valueExtent(
  message: Uint8Array,
  at: number,
  wireType: number,
): readonly [length: number, start: number] {
  switch (wireType) {
    case 0:
      return [readVarint(message, at)[1] - at, at];
    case 1:
      return [8, at];
    case 2:
      return readVarint(message, at);
    case 5:
      return [4, at];
    default:
      throw corrupt();
  }
}

/** [value, index of the byte behind it]. Exact up to 2^53, which no length exceeds. */
function readVarint(message: Uint8Array, at: number): readonly [value: number, end: number] {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = message[at + i];
    if (byte === undefined) throw corrupt();
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return [value, at + i + 1];
  }
  throw corrupt();
}

const corrupt = () => new AppError('file-corrupt', 'This is not an ONNX graph.');

/** File names are ASCII nearly always; `TextDecoder` is not part of the language. */
function utf8(bytes: Uint8Array): string {
  const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  try {
    return decodeURIComponent(escaped);
  } catch {
    throw corrupt();
  }
}
