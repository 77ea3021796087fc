/** Felzenszwalb and Huttenlocher: Distance Transforms of Sampled Functions, 2012. Exact, in linear time. */
import type { Mask } from './inpainting.ts';

/** Of each pixel to the nearest that is 0, in pixels between their middles; infinite where there is none. [height, width] */
export function distancesToZero({ width, height, data }: Mask): Float32Array {
  const squares = new Float32Array(data.length);
  for (let at = 0; at < data.length; at++) squares[at] = data[at] === 0 ? 0 : Infinity;
  const columns = createLine(height);
  for (let x = 0; x < width; x++) columns(squares, x, width);
  const rows = createLine(width);
  for (let y = 0; y < height; y++) rows(squares, y * width, 1);
  return squares.map(Math.sqrt);
}

/** The lower envelope of parabolas over one line of so many values, which lie `stride` apart. */
function createLine(length: number) {
  const line = new Float64Array(length);
  /** Where the parabolas of the envelope stand, and from where on each is the lowest. */
  const places = new Int32Array(length);
  const from = new Float64Array(length + 1);
  return (values: Float32Array, start: number, stride: number): void => {
    let count = 0;
    for (let at = 0; at < length; at++) {
      line[at] = values[start + at * stride]!;
      if (line[at] === Infinity) continue;
      let meets = -Infinity;
      while (count > 0) {
        const before = places[count - 1]!;
        meets = (line[at]! + at * at - line[before]! - before * before) / (2 * (at - before));
        if (meets > from[count - 1]!) break;
        count--;
        meets = -Infinity;
      }
      places[count] = at;
      from[count++] = meets;
    }
    if (count === 0) return;
    from[count] = Infinity;
    for (let at = 0, now = 0; at < length; at++) {
      while (from[now + 1]! < at) now++;
      const apart = at - places[now]!;
      values[start + at * stride] = apart * apart + line[places[now]!]!;
    }
  };
}
