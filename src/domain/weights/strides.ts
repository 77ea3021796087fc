/** Tensors that do not lie row by row: PyTorch stores a view as the strides over what it looks at. */
import { contiguousStrides, elementCount } from './lazy-tensor.ts';

export function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  const plain = contiguousStrides(shape);
  return shape.every((side, axis) => side <= 1 || strides[axis] === plain[axis]);
}

/** Elements from the first to the last that a view touches. */
export function spanOf(shape: readonly number[], strides: readonly number[]): number {
  if (shape.includes(0)) return 0;
  return 1 + shape.reduce((span, side, axis) => span + (side - 1) * strides[axis]!, 0);
}

/** Row-major bytes of a view over `bytes`. */
export function gather(
  bytes: Uint8Array<ArrayBuffer>,
  shape: readonly number[],
  strides: readonly number[],
  elementBytes: number,
): Uint8Array<ArrayBuffer> {
  const count = elementCount(shape);
  const views = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: BigUint64Array };
  const View = views[elementBytes as keyof typeof views] as Uint16ArrayConstructor;
  const from = new View(bytes.buffer, bytes.byteOffset, bytes.byteLength / elementBytes);
  const to = new View(count);
  if (count > 0) fill(to, from, shape, strides);
  return new Uint8Array(to.buffer);
}

/** Counts like an odometer; the innermost dimension is a plain loop. */
function fill(
  to: Uint16Array,
  from: Uint16Array,
  shape: readonly number[],
  strides: readonly number[],
): void {
  const last = shape.length - 1;
  const rowLength = last < 0 ? 1 : shape[last]!;
  const step = last < 0 ? 0 : strides[last]!;
  const place = new Array<number>(Math.max(0, last)).fill(0);
  for (let row = 0, start = 0; row < to.length; row += rowLength) {
    for (let i = 0, at = start; i < rowLength; i++, at += step) to[row + i] = from[at]!;
    for (let axis = last - 1; axis >= 0; axis--) {
      start += strides[axis]!;
      if (++place[axis]! < shape[axis]!) break;
      start -= strides[axis]! * shape[axis]!;
      place[axis] = 0;
    }
  }
}
