import type { RgbaImage } from '../image/image.ts';
import type { Mask } from './inpainting.ts';
import type { Region } from './region.ts';

/** `part` lies over the picture at `region`, as far as the mask of the whole picture shows it; where that is 0 every byte stays. */
export function pasted(picture: RgbaImage, part: RgbaImage, region: Region, mask: Mask): RgbaImage {
  const data = picture.data.slice();
  for (let row = 0; row < region.height; row++) {
    for (let column = 0; column < region.width; column++) {
      const at = (region.top + row) * picture.width + region.left + column;
      const share = mask.data[at]! / 255;
      if (share === 0) continue;
      const from = (row * part.width + column) * 4;
      for (let channel = 0; channel < 4; channel++) {
        const old = data[at * 4 + channel]!;
        data[at * 4 + channel] = old + (part.data[from + channel]! - old) * share;
      }
    }
  }
  return { ...picture, data };
}

export function cutImage({ width, data }: RgbaImage, region: Region): RgbaImage {
  const part = new Uint8ClampedArray(region.width * region.height * 4);
  for (let row = 0; row < region.height; row++) {
    const start = ((region.top + row) * width + region.left) * 4;
    part.set(data.subarray(start, start + region.width * 4), row * region.width * 4);
  }
  return { width: region.width, height: region.height, data: part };
}

/** On a larger ground, whose edge pixels go on beyond it. */
export function laidInto(
  image: RgbaImage,
  width: number,
  height: number,
  at: Pick<Region, 'left' | 'top'>,
): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  const pixels = new Uint32Array(data.buffer);
  const source = new Uint32Array(image.data.slice().buffer);
  const clamp = (value: number, length: number) => Math.min(length - 1, Math.max(0, value));
  for (let y = 0; y < height; y++) {
    const row = clamp(y - at.top, image.height) * image.width;
    for (let x = 0; x < width; x++) pixels[y * width + x] = source[row + clamp(x - at.left, image.width)]!;
  }
  return { width, height, data };
}
