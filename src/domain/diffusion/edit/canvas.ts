/** What is drawn of a picture that is inpainted, at the size at which it is drawn, and the way back. */
import type { RgbaImage } from '../image/image.ts';
import { resized } from '../image/resize.ts';
import { filledUnder } from './fill.ts';
import type { Inpainting, Mask } from './inpainting.ts';
import { cutMask, emptyMask, featheredMask, resizedMask } from './mask.ts';
import { cutImage, laidInto, pasted } from './paste.ts';
import { drawnRegion, type Region } from './region.ts';

export interface Canvas {
  readonly image: RgbaImage;
  readonly mask: Mask;
  /** Under the mask are the colours around it. */
  readonly filled: () => RgbaImage;
  /** The whole picture with what was drawn, of which only the mask shows. */
  readonly finished: (drawn: RgbaImage) => RgbaImage;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * What is not of the drawn shape is not stretched: it lies in the middle, and its edge goes on beyond it. Width and height of `size` are
 * what the model draws.
 */
export function canvasFor(picture: RgbaImage, mask: Mask, inpainting: Inpainting, size: Size): Canvas {
  const region = drawnRegion(mask, inpainting, size);
  const place = placeIn(size, region);
  const image = laidInto(
    resized(cutImage(picture, region), place.width, place.height),
    size.width,
    size.height,
    place,
  );
  const drawnMask = laidMask(resizedMask(cutMask(mask, region), place.width, place.height), size, place);
  return {
    image,
    mask: drawnMask,
    filled: () => filledUnder(image, drawnMask),
    finished: (drawn) => {
      const part = resized(cutImage(drawn, place), region.width, region.height);
      return pasted(picture, part, region, featheredMask(mask, inpainting.featherPx));
    },
  };
}

/** As large as it can be, in the middle. */
function placeIn(size: Size, region: Size): Region {
  const scale = Math.min(size.width / region.width, size.height / region.height);
  const [width, height] = [region.width, region.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  ) as [number, number];
  return {
    left: Math.floor((size.width - width) / 2),
    top: Math.floor((size.height - height) / 2),
    width,
    height,
  };
}

function laidMask(mask: Mask, { width, height }: Size, { left, top }: Region): Mask {
  if (mask.width === width && mask.height === height) return mask;
  const laid = emptyMask(width, height);
  for (let row = 0; row < mask.height; row++) {
    const line = mask.data.subarray(row * mask.width, (row + 1) * mask.width);
    laid.data.set(line, (top + row) * width + left);
  }
  return laid;
}
