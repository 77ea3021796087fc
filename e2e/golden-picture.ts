/** The miniature's reference picture, and what has to be asked for to get it. */
import { goldenJson, goldenTensors } from '../src/testing/golden.ts';
import type { Wanted } from './app.ts';
import type { Pixels } from './pixels.ts';

interface Case {
  readonly key: string;
  readonly prompt: string;
  readonly negative_prompt: string;
  readonly guidance_scale: number;
  readonly height: number;
  readonly width: number;
  readonly num_inference_steps: number;
  readonly seed: number;
}

/** With the sampler that the miniature ships with, which is Tiny SD's. */
const key = 'tiny-sd/1';
const reference = goldenJson<Case[]>('pipeline.json').find((each) => each.key === key)!;

export const goldenWanted: Wanted = {
  prompt: reference.prompt,
  negative: reference.negative_prompt,
  guidance: reference.guidance_scale,
  steps: reference.num_inference_steps,
  seed: reference.seed,
  width: reference.width,
  height: reference.height,
};

/** The largest difference of a channel, in 255ths. */
export function goldenDifference({ width, height, data }: Pixels): number {
  const image = goldenTensors('pipeline.safetensors').get(`${key}/image`)!;
  const [channels, rows, columns] = image.shape;
  if (rows !== height || columns !== width) throw new Error(`the picture is ${width} × ${height}`);
  let most = 0;
  for (let channel = 0; channel < channels!; channel++) {
    for (let at = 0; at < width * height; at++) {
      const expected = image.data[channel * width * height + at]! * 255;
      most = Math.max(most, Math.abs(expected - data[at * 4 + channel]!));
    }
  }
  return most;
}

/** 2/255 for the arithmetic, half a step for rounding. */
export const closeEnough = 2.5;
