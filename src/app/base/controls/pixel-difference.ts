/** How far two pictures of one size are from each other. */
export interface PixelDifference {
  /** 0 … 1 of all pixels that are not the same. */
  readonly share: number;
  /** 0 … 1 of full scale, over red, green and blue of all pixels. */
  readonly mean: number;
}

/** @param a, b RGBA, 8 bits a channel, of the same length */
export function pixelDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): PixelDifference {
  let [different, sum] = [0, 0];
  for (let at = 0; at < a.length; at += 4) {
    const apart =
      Math.abs(a[at]! - b[at]!) + Math.abs(a[at + 1]! - b[at + 1]!) + Math.abs(a[at + 2]! - b[at + 2]!);
    if (apart > 0) different++;
    sum += apart;
  }
  const pixels = a.length / 4;
  return { share: different / pixels, mean: sum / (pixels * 3 * 255) };
}
