/** A picture with more around it: its edges go on outwards, and a mask tells what is new. */
import type { RgbaImage } from '../diffusion/image/image.ts';
import { emptyMask, maskFull, type Mask } from './mask.ts';

/** Pixels that are added at each side. */
export interface Sides {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const noSides: Sides = { left: 0, top: 0, right: 0, bottom: 0 };

interface Size {
  readonly width: number;
  readonly height: number;
}

export const widenedSize = ({ width, height }: Size, { left, top, right, bottom }: Sides): Size => ({
  width: width + left + right,
  height: height + top + bottom,
});

/** The old pixels as they are; each new one has the colour of the nearest old one. */
export function widenedImage(image: RgbaImage, sides: Sides): RgbaImage {
  const { width, height } = widenedSize(image, sides);
  const from = new Uint32Array(image.data.buffer, image.data.byteOffset, image.data.length / 4);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.min(image.height - 1, Math.max(0, y - sides.top)) * image.width;
    const line = to.subarray(y * width, (y + 1) * width);
    line.fill(from[row]!, 0, sides.left);
    line.set(from.subarray(row, row + image.width), sides.left);
    line.fill(from[row + image.width - 1]!, sides.left + image.width);
  }
  return { width, height, data: new Uint8ClampedArray(to.buffer) };
}

/** All that is new, and `overlapPx` of the old beside it, where the one goes over into the other. */
export function widenedMask(size: Size, sides: Sides, overlapPx: number): Mask {
  const { width, height } = widenedSize(size, sides);
  const mask = emptyMask(width, height);
  mask.data.fill(maskFull);
  const inset = (side: number) => (side > 0 ? overlapPx : 0);
  const [left, right] = [sides.left + inset(sides.left), sides.left + size.width - inset(sides.right)];
  const [top, bottom] = [sides.top + inset(sides.top), sides.top + size.height - inset(sides.bottom)];
  for (let y = top; y < bottom; y++) {
    if (left < right) mask.data.fill(0, y * mask.width + left, y * mask.width + right);
  }
  return mask;
}

/** The least that makes the picture so shaped, shared by both sides; the side that grows becomes a multiple that models draw. */
export function sidesForShape({ width, height }: Size, shape: Size, multiple: number): Sides {
  const up = (side: number) => Math.ceil(side / multiple) * multiple;
  const across = Math.max(0, up((height * shape.width) / shape.height) - width);
  const down = Math.max(0, up((width * shape.height) / shape.width) - height);
  const wider = width * shape.height < height * shape.width;
  const [x, y] = wider ? [across, 0] : [0, down];
  const [left, top] = [Math.floor(x / 2), Math.floor(y / 2)];
  return { left, right: x - left, top, bottom: y - top };
}
