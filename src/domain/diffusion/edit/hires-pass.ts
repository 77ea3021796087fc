/** What the second pass of a picture draws: how large, and which of its sampler's steps. Source: AUTOMATIC1111's `sample_hr_pass` and `sample_img2img`. */
import type { ImageSettings } from '../image-settings.ts';
import type { Hires } from './hires.ts';

export interface HiresPass {
  readonly width: number;
  readonly height: number;
  /** That are drawn. */
  readonly steps: number;
  /** That the sampler is made with: those drawn are its last. */
  readonly of: number;
}

/** A sampler has no more steps than the model was trained with. */
const most = 1000;

/** To the nearest multiple that the model takes, and never less than one. */
export function hiresPass(
  { width, height, steps }: Pick<ImageSettings, 'width' | 'height' | 'steps'>,
  hires: Hires,
  sizeMultiple: number,
): HiresPass {
  const side = (from: number) => Math.max(1, Math.round((from * hires.scale) / sizeMultiple)) * sizeMultiple;
  const drawn = hires.strength === 0 ? 0 : hires.steps || steps;
  const of = Math.min(most, Math.trunc(drawn / Math.min(hires.strength || 1, 0.999)));
  return { width: side(width), height: side(height), steps: drawn, of: Math.max(of, drawn, 1) };
}

/** Bilinear, as torch's `interpolate` without aligned corners. [channels, height, width] */
export function resizedLatents(
  latents: Float32Array,
  [channels, height, width]: readonly [number, number, number],
  to: { readonly height: number; readonly width: number },
): Float32Array {
  const rows = mixes(height, to.height);
  const columns = mixes(width, to.width);
  const result = new Float32Array(channels * to.height * to.width);
  let at = 0;
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * height * width;
    for (const row of rows) {
      const [low, high] = [start + row.low * width, start + row.high * width];
      for (const { low: left, high: right, share } of columns) {
        const upper = latents[low + left]! * (1 - share) + latents[low + right]! * share;
        const lower = latents[high + left]! * (1 - share) + latents[high + right]! * share;
        result[at++] = upper * (1 - row.share) + lower * row.share;
      }
    }
  }
  return result;
}

const mixes = (from: number, to: number) =>
  Array.from({ length: to }, (_, at) => {
    const place = Math.max(0, ((at + 0.5) * from) / to - 0.5);
    const low = Math.min(from - 1, Math.floor(place));
    return { low, high: Math.min(from - 1, low + 1), share: place - low };
  });
