/** Stored values → float32, or the bits of float16. Little-endian, as safetensors and every PyTorch of today write them. */
import { fromFloat16, toFloat16 } from '../diffusion/float16.ts';
import type { DType } from './lazy-tensor.ts';

/** `bytes` begins at an address that its elements may have, and holds whole elements. */
export function toFloat32(bytes: Uint8Array<ArrayBuffer>, dtype: DType): Float32Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    case 'F16':
      return fromFloat16(new Uint16Array(buffer, byteOffset, byteLength / 2)) as Float32Array<ArrayBuffer>;
    case 'BF16':
      return fromBfloat16(new Uint16Array(buffer, byteOffset, byteLength / 2));
    case 'F8_E4M3':
    case 'F8_E5M2':
      return throughTable(bytes, float8Tables[dtype]);
    case 'F64':
      return Float32Array.from(new Float64Array(buffer, byteOffset, byteLength / 8));
    case 'I64':
      return Float32Array.from(new BigInt64Array(buffer, byteOffset, byteLength / 8), Number);
    case 'I32':
      return Float32Array.from(new Int32Array(buffer, byteOffset, byteLength / 4));
    case 'I16':
      return Float32Array.from(new Int16Array(buffer, byteOffset, byteLength / 2));
    case 'I8':
      return Float32Array.from(new Int8Array(buffer, byteOffset, byteLength));
    case 'U8':
    case 'BOOL':
      return Float32Array.from(bytes);
  }
}

/** The same as bits of half precision; halves pass as they are. */
export function toHalves(bytes: Uint8Array<ArrayBuffer>, dtype: DType): Uint16Array<ArrayBuffer> {
  if (dtype === 'F16') return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
  return toFloat16(toFloat32(bytes, dtype)) as Uint16Array<ArrayBuffer>;
}

/** The upper half of a float32. */
function fromBfloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(halves.length);
  for (let at = 0; at < halves.length; at++) bits[at] = halves[at]! << 16;
  return new Float32Array(bits.buffer);
}

function throughTable(bytes: Uint8Array, table: Float32Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) values[at] = table[bytes[at]!]!;
  return values;
}

/**
 * The two 8-bit floats of Micikevicius et al. 2022, "FP8 Formats for Deep Learning". E4M3 is the "fn" variant of PyTorch: no infinities, and
 * NaN only where all bits are set.
 */
const float8Tables = {
  F8_E4M3: Float32Array.from({ length: 256 }, (_, bits) =>
    (bits & 0x7f) === 0x7f ? NaN : float8(bits, 3, 7),
  ),
  F8_E5M2: Float32Array.from({ length: 256 }, (_, bits) => {
    if ((bits & 0x7c) !== 0x7c) return float8(bits, 2, 15);
    return (bits & 3) === 0 ? (bits & 0x80 ? -Infinity : Infinity) : NaN;
  }),
};

function float8(bits: number, fractionBits: number, bias: number): number {
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits & 0x7f) >> fractionBits;
  const fraction = (bits & ((1 << fractionBits) - 1)) / (1 << fractionBits);
  return exponent === 0 ? sign * fraction * 2 ** (1 - bias) : sign * (1 + fraction) * 2 ** (exponent - bias);
}
