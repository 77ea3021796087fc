/** Colour statistics of a picture, to see that it is what was asked for. */
import type { Page } from '@playwright/test';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGBA, 8 bits a channel. */
  readonly data: Uint8Array;
}

/** Decodes an image file (PNG bytes, say) in the page. */
export async function decodePixels(page: Page, file: Buffer): Promise<Pixels> {
  const decoded = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { width, height, data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let text = '';
    for (let i = 0; i < data.length; i += 4096) text += String.fromCharCode(...data.subarray(i, i + 4096));
    return { width, height, base64: btoa(text) };
  }, file.toString('base64'));
  return {
    width: decoded.width,
    height: decoded.height,
    data: new Uint8Array(Buffer.from(decoded.base64, 'base64')),
  };
}

export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Mean colour, 0 … 1 a channel, of the rows from `from` to `to` (fractions of the height). */
export function meanColour({ width, height, data }: Pixels, from = 0, to = 1): Rgb {
  const sum = [0, 0, 0];
  const [first, last] = [Math.floor(from * height), Math.floor(to * height)];
  for (let pixel = first * width; pixel < last * width; pixel++) {
    for (let channel = 0; channel < 3; channel++) sum[channel]! += data[pixel * 4 + channel]!;
  }
  const scale = 255 * (last - first) * width;
  return { red: sum[0]! / scale, green: sum[1]! / scale, blue: sum[2]! / scale };
}

/** Rec. 709 weights on the encoded values: enough to tell night from noon. */
export function luminance(pixels: Pixels): number {
  const { red, green, blue } = meanColour(pixels);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Root mean square difference over red, green and blue, as a share of full scale. */
export function rmsDifference(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) throw new Error('the pictures differ in size');
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) if (i % 4 !== 3) sum += (a.data[i]! - b.data[i]!) ** 2;
  return Math.sqrt(sum / (a.width * a.height * 3)) / 255;
}

/** The largest difference of a channel, in steps of 255. */
export function mostDifference(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) throw new Error('the pictures differ in size');
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i]!)), 0);
}
