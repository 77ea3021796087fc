/** Small matrix work on row-major float32 arrays. */

/** [rows, inner] · [inner, columns]. */
export function product(
  left: Float32Array,
  right: Float32Array,
  rows: number,
  inner: number,
  columns: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rows * columns);
  addProduct(out, left, right, [rows, inner, columns]);
  return out;
}

/** Adds the product to `out`. Four rows of the right side at a time: its traffic through memory is what takes the time. */
export function addProduct(
  out: Float32Array,
  left: Float32Array,
  right: Float32Array,
  [rows, inner, columns]: readonly [rows: number, inner: number, columns: number],
): void {
  for (let row = 0; row < rows; row++) addRow(out, row * columns, left, row * inner, right, inner, columns);
}

function addRow(
  out: Float32Array,
  at: number,
  left: Float32Array,
  from: number,
  right: Float32Array,
  inner: number,
  columns: number,
): void {
  let k = 0;
  for (; k + 3 < inner; k += 4) {
    const [a, b, c, d] = [left[from + k]!, left[from + k + 1]!, left[from + k + 2]!, left[from + k + 3]!];
    const [p, q, r, s] = [k * columns, (k + 1) * columns, (k + 2) * columns, (k + 3) * columns];
    for (let j = 0; j < columns; j++) {
      out[at + j]! += a * right[p + j]! + b * right[q + j]! + c * right[r + j]! + d * right[s + j]!;
    }
  }
  for (; k < inner; k++) {
    const a = left[from + k]!;
    const p = k * columns;
    for (let j = 0; j < columns; j++) out[at + j]! += a * right[p + j]!;
  }
}

/** [rows, columns] → [columns, rows] */
export function transposed(values: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      out[column * rows + row] = values[row * columns + column]!;
  }
  return out;
}

/**
 * Tucker's form of a convolution: the core [p, q, ...kernel] between `left` [p, rows] and `right` [q, columns]:
 * out[i, j, …] = Σ core[a, b, …] · left[a, i] · right[b, j]. (Hyeon-Woo et al. 2022, "FedPara", proposition 3)
 */
export function tucker(
  core: Float32Array,
  left: Float32Array,
  right: Float32Array,
  [p, q, kernel, rows, columns]: readonly [number, number, number, number, number],
): Float32Array<ArrayBuffer> {
  // [rows, p] · [p, q · kernel], then the same for each row's [q, kernel].
  const half = product(transposed(left, p, rows), core, rows, p, q * kernel);
  const out = new Float32Array(rows * columns * kernel);
  const rightT = transposed(right, q, columns);
  for (let row = 0; row < rows; row++) {
    const part = half.subarray(row * q * kernel, (row + 1) * q * kernel);
    out.set(product(rightT, part, columns, q, kernel), row * columns * kernel);
  }
  return out;
}

/** Kronecker's product of [a, b] and [c, d, kernel]: [a · c, b · d, kernel]. */
export function kronecker(
  left: Float32Array,
  right: Float32Array,
  [a, b, c, d, kernel]: readonly [number, number, number, number, number],
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(left.length * right.length);
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      const factor = left[i * b + j]!;
      for (let k = 0; k < c; k++) {
        const to = ((i * c + k) * b * d + j * d) * kernel;
        const from = k * d * kernel;
        for (let at = 0; at < d * kernel; at++) out[to + at] = factor * right[from + at]!;
      }
    }
  }
  return out;
}
