/** Reference pictures, and what has to be asked for to get them. */
import { goldenJson, goldenTensors, type GoldenTensor } from '../src/testing/golden.ts';
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

export const goldenWanted = wantedOf(reference);

/** The largest difference of a channel, in 255ths. */
export const goldenDifference = (pixels: Pixels): number =>
  difference(pixels, goldenTensors('pipeline.safetensors').get(`${key}/image`)!);

const { cases } = goldenJson<{ readonly cases: readonly Case[] }>('checkpoint-pictures.json');

/** What is asked for to get one of the pictures of checkpoints, LoRAs and left-out layers. */
export const wantedOfPicture = (name: string): Wanted => wantedOf(cases.find((each) => each.key === name)!);

/** As `goldenDifference`, to one of those. */
export const differenceToPicture = (pixels: Pixels, name: string): number =>
  difference(pixels, goldenTensors('checkpoint-pictures.safetensors').get(`${name}/image`)!);

function wantedOf(asked: Case): Wanted {
  return {
    prompt: asked.prompt,
    negative: asked.negative_prompt,
    guidance: asked.guidance_scale,
    steps: asked.num_inference_steps,
    seed: asked.seed,
    width: asked.width,
    height: asked.height,
  };
}

function difference({ width, height, data }: Pixels, image: GoldenTensor): number {
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
