/** Writes safetensors files for tests, also wrong ones. */

export interface WrittenTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export const floats = (shape: readonly number[], values: readonly number[]): WrittenTensor => ({
  dtype: 'F32',
  shape,
  bytes: new Uint8Array(Float32Array.from(values).buffer),
});

export function safetensors(
  tensors: Readonly<Record<string, WrittenTensor>>,
  metadata?: Readonly<Record<string, unknown>>,
): Uint8Array {
  let at = 0;
  const header = Object.entries(tensors).map(([name, { dtype, shape, bytes }]) => {
    const entry = { dtype, shape, data_offsets: [at, at + bytes.length] };
    at += bytes.length;
    return [name, entry] as const;
  });
  const json = { ...(metadata && { __metadata__: metadata }), ...Object.fromEntries(header) };
  return withHeader(
    JSON.stringify(json),
    Object.values(tensors).map(({ bytes }) => bytes),
  );
}

/** Any header before any values: nothing is put right. */
export function withHeader(header: string, data: readonly Uint8Array[]): Uint8Array {
  const text = new TextEncoder().encode(header);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigUint64(0, BigInt(text.length), true);
  return Buffer.concat([head, text, ...data]);
}
