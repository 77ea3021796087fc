/**
 * DoRA (Liu et al. 2024): a weight's direction is learned by the LoRA, its length by itself. `weight` [out, in, ...kernel] is given the lengths
 * of `magnitude`: [out, 1, …] of its rows, [1, in, …] of its columns; which of them is told by the shape, as LyCORIS writes it.
 * Changes and returns `weight`.
 */
export function rescaled(
  weight: Float32Array<ArrayBuffer>,
  shape: readonly number[],
  magnitudeShape: readonly number[],
  magnitude: Float32Array,
): Float32Array<ArrayBuffer> {
  const [rows = 1, columns = 1] = shape;
  const byRow = magnitudeShape[0] === rows && magnitude.length === rows;
  const kernel = weight.length / (rows * columns);
  const groupOf = (at: number) =>
    byRow ? Math.floor(at / (columns * kernel)) : Math.floor(at / kernel) % columns;
  const squares = new Float64Array(byRow ? rows : columns);
  for (let at = 0; at < weight.length; at++) squares[groupOf(at)]! += weight[at]! ** 2;
  const scales = squares.map((sum, group) => magnitude[group]! / (Math.sqrt(sum) + epsilon));
  for (let at = 0; at < weight.length; at++) weight[at]! *= scales[groupOf(at)]!;
  return weight;
}

/** Of float32, as the reference adds. */
const epsilon = 2 ** -23;
