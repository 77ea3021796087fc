import { gaussianBlur } from './box-blur.ts';
import type { Mask } from './inpainting.ts';
import type { RgbaImage } from '../image/image.ts';
import type { FloatPlanes } from '../image/tiles.ts';

/** Blurs, and how often each is laid over the ones before, from far to near. */
const layers = [
  [256, 1],
  [64, 1],
  [16, 2],
  [4, 4],
  [2, 2],
  [0, 1],
] as const;

/**
 * The picture with the colours of its surroundings under the mask. Opaque. Where nothing is left around it: grey. Source: `fill` of
 * AUTOMATIC1111's modules/masking.py, whose "Masked content: fill" it is; in floats, so that far colours do not fade into steps.
 */
export function filledUnder(image: RgbaImage, mask: Mask): RgbaImage {
  const { width, height } = image;
  const area = width * height;
  const known = knownPixels(image, mask);
  /** [red, green, blue, alpha], not premultiplied, 0 … 1 */
  const filled = new Float32Array(4 * area);
  for (const [radius, times] of layers) {
    const { data } = gaussianBlur(known, radius);
    for (let time = 0; time < times; time++) layOver(filled, data, area);
  }
  return toImage(filled, width, height);
}

/** Premultiplied with what is not masked, [4, height, width], 0 … 1. */
function knownPixels({ data, width, height }: RgbaImage, mask: Mask): FloatPlanes {
  const area = width * height;
  const planes = new Float32Array(4 * area);
  for (let at = 0; at < area; at++) {
    const alpha = 1 - mask.data[at]! / 255;
    for (let color = 0; color < 3; color++) planes[color * area + at] = (data[at * 4 + color]! / 255) * alpha;
    planes[3 * area + at] = alpha;
  }
  return { data: planes, channels: 4, height, width };
}

/** Porter and Duff's "over". `layer` is premultiplied. */
function layOver(under: Float32Array, layer: Float32Array, area: number): void {
  for (let at = 0; at < area; at++) {
    const alpha = layer[3 * area + at]!;
    if (alpha <= 0) continue;
    const rest = under[3 * area + at]! * (1 - alpha);
    const whole = alpha + rest;
    for (let place = at; place < 3 * area; place += area)
      under[place] = (layer[place]! + under[place]! * rest) / whole;
    under[3 * area + at] = whole;
  }
}

function toImage(planes: Float32Array, width: number, height: number): RgbaImage {
  const area = width * height;
  const data = new Uint8ClampedArray(4 * area).fill(255);
  for (let at = 0; at < area; at++) {
    const isKnown = planes[3 * area + at]! > 0;
    for (let color = 0; color < 3; color++)
      data[at * 4 + color] = isKnown ? planes[color * area + at]! * 255 : 127;
  }
  return { width, height, data };
}
