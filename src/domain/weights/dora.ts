/**
 * DoRA (Liu et al. 2024): a weight's direction is learned by the LoRA, its length by itself. `weight` [out, in, ...kernel] is given the lengths
 * of `magnitude`, those of its rows or those of its columns. They are measured with the LoRA in it, as where it was trained (LyCORIS,
 * peft); ComfyUI measures rows without it (https://github.com/comfyanonymous/ComfyUI/blob/v0.3.77/comfy/weight_adapter/base.py#L62).
 * Changes and returns `weight`.
 */
export function rescaled(
  weight: Float32Array<ArrayBuffer>,
  shape: readonly number[],
  magnitude: Float32Array,
  along: 'rows' | 'columns',
): Float32Array<ArrayBuffer> {
  const [rows = 1, columns = 1] = shape;
  const byRow = along === 'rows';
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

/** LyCORIS' `dora_scale` is [out, 1, …] for rows, [1, in, …] for columns. Null when it fits neither. */
export function axisOf(
  magnitudeShape: readonly number[],
  [rows = 1, columns = 1]: readonly number[],
): 'rows' | 'columns' | null {
  const length = magnitudeShape.reduce((count, side) => count * side, 1);
  if (magnitudeShape[0] === rows && length === rows) return 'rows';
  return length === columns ? 'columns' : null;
}
