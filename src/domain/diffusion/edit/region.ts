/** Which part of a picture is drawn: all of it, or the box around a mask. */
import type { Inpainting, Mask } from './inpainting.ts';

/** In pixels of the picture. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box around everything that is not 0; null for an empty mask. */
export function boxAround({ width, height, data }: Mask): Region | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (data[at] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return bottom < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * The mask's box with its padding, widened to the shape of what is drawn as far as the picture goes. Source: `get_crop_region` and
 * `expand_crop_region` of AUTOMATIC1111's modules/masking.py.
 */
export function drawnRegion(
  mask: Mask,
  { area, paddingPx }: Pick<Inpainting, 'area' | 'paddingPx'>,
  drawn: { readonly width: number; readonly height: number },
): Region {
  const whole = { left: 0, top: 0, width: mask.width, height: mask.height };
  const box = area === 'whole' ? null : boxAround(mask);
  if (!box) return whole;
  const across = padded(box.left, box.width, paddingPx, mask.width);
  const down = padded(box.top, box.height, paddingPx, mask.height);
  const ratio = drawn.width / drawn.height;
  const isWide = across.length > down.length * ratio;
  const columns = isWide ? across : widened(across, Math.floor(down.length * ratio), mask.width);
  const rows = isWide ? widened(down, Math.floor(across.length / ratio), mask.height) : down;
  return { left: columns.start, top: rows.start, width: columns.length, height: rows.length };
}

interface Stretch {
  readonly start: number;
  readonly length: number;
}

function padded(start: number, length: number, padding: number, side: number): Stretch {
  const from = Math.max(0, start - padding);
  return { start: from, length: Math.min(side, start + length + padding) - from };
}

/** About its middle, moved inwards where it would stand over, and no longer than the picture. */
function widened({ start, length }: Stretch, wanted: number, side: number): Stretch {
  const to = Math.min(side, Math.max(length, wanted));
  const from = start - Math.floor((to - length) / 2);
  return { start: Math.min(Math.max(0, from), side - to), length: to };
}
