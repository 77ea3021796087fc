/** IEEE 754 half precision in Uint16Arrays, without the `Float16Array` that not every browser has. */

const scratch = new Float32Array(1);
const scratchBits = new Uint32Array(scratch.buffer);
let table: Float32Array | undefined;

/** Exact; one table look-up a value. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  table ??= Float32Array.from({ length: 0x10000 }, (_, bits) => valueOf(bits));
  const values = new Float32Array(halves.length);
  for (let at = 0; at < halves.length; at++) values[at] = table[halves[at]!]!;
  return values;
}

/** Rounds to the nearest half, ties to even; from 65520 on it is Infinity. */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let at = 0; at < halves.length; at++) halves[at] = halfOf(bits[at]!);
  return halves;
}

function valueOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const infinity32 = 0x7f800000;
/** 65520, half way between the largest half and the power of two above it. */
const overflow = 0x477ff000;
/** 2⁻¹⁴, the smallest half with a full fraction. */
const smallestNormal = 0x38800000;
const halfBits = 0x3f000000;

function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size > infinity32) return sign | 0x7e00;
  if (size >= overflow) return sign | 0x7c00;
  if (size < smallestNormal) return sign | subnormalOf(size);
  const roundsUp = 0xfff + ((size >>> 13) & 1);
  return sign | ((size - 0x38000000 + roundsUp) >>> 13);
}

/** Adding ½ moves the fraction to the low bits, and the addition itself rounds. */
function subnormalOf(size: number): number {
  scratchBits[0] = size;
  scratch[0] = scratch[0]! + 0.5;
  return scratchBits[0] - halfBits;
}
