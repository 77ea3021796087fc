import type { Mask } from '../diffusion/edit/inpainting.ts';

export type { Mask } from '../diffusion/edit/inpainting.ts';

/** Half-open, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const maskFull = 255;

export const emptyMask = (width: number, height: number): Mask => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

export const wholeBox = ({ width, height }: Pick<Mask, 'width' | 'height'>): Box => ({
  left: 0,
  top: 0,
  right: width,
  bottom: height,
});

/** Whole pixels of the mask that a box touches; null where they are none. */
export function boxWithin({ width, height }: Mask, { left, top, right, bottom }: Box): Box | null {
  const box = {
    left: Math.max(0, Math.floor(left)),
    top: Math.max(0, Math.floor(top)),
    right: Math.min(width, Math.ceil(right)),
    bottom: Math.min(height, Math.ceil(bottom)),
  };
  return box.left < box.right && box.top < box.bottom ? box : null;
}

export interface MaskFacts {
  /** 0 … 1 of all pixels, partly changed ones counted in part. */
  readonly share: number;
  /** Of all that changes; null where nothing does. */
  readonly bounds: Box | null;
}

export function maskFacts({ width, height, data }: Mask): MaskFacts {
  let [left, top, right, bottom, sum] = [width, height, 0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x]!;
      if (value === 0) continue;
      sum += value;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return { share: sum / (maskFull * data.length), bounds: sum === 0 ? null : { left, top, right, bottom } };
}
