/** How a picture of another shape takes its place in the frame. */
import type { RgbaImage } from '../diffusion/image/image.ts';
import { coverAndCrop } from '../diffusion/image/resize.ts';

/** `fill`: cut at two sides. `fit`: whole, with black bars. `blur`: whole, before itself enlarged, blurred and darkened. */
export const fittings = ['fill', 'fit', 'blur'] as const;
export type Fitting = (typeof fittings)[number];

/** `image` on width × height pixels. */
export function fitted(image: RgbaImage, width: number, height: number, fitting: Fitting): RgbaImage {
  const inner = innerSize(image, width, height);
  const isWhole = inner.width === width && inner.height === height;
  if (fitting === 'fill' || isWhole) return coverAndCrop(image, width, height);
  const ground = fitting === 'blur' ? blurred(image, width, height) : black(width, height);
  return placed(ground, coverAndCrop(image, inner.width, inner.height));
}

/** The largest size of the picture's shape in the frame; an odd pixel is given to the picture, not to a bar. */
function innerSize(image: RgbaImage, width: number, height: number) {
  const scale = Math.min(width / image.width, height / image.height);
  return {
    width: Math.min(width, Math.ceil(image.width * scale - 1e-6)),
    height: Math.min(height, Math.ceil(image.height * scale - 1e-6)),
  };
}

function black(width: number, height: number): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { width, height, data };
}

/** The blur is a picture of so few pixels, enlarged. */
const blurPixels = 12;
const groundLight = 0.55;

function blurred(image: RgbaImage, width: number, height: number): RgbaImage {
  const scale = blurPixels / Math.min(width, height);
  const few = coverAndCrop(image, Math.ceil(width * scale), Math.ceil(height * scale));
  const ground = coverAndCrop(few, width, height);
  ground.data.forEach((value, at) => {
    if (at % 4 !== 3) ground.data[at] = value * groundLight;
  });
  return ground;
}

/** `image` in the middle of `ground`, which is changed. */
function placed(ground: RgbaImage, image: RgbaImage): RgbaImage {
  const left = (ground.width - image.width) >> 1;
  const top = (ground.height - image.height) >> 1;
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(y * image.width * 4, (y + 1) * image.width * 4);
    ground.data.set(row, ((top + y) * ground.width + left) * 4);
  }
  return ground;
}
