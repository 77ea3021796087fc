/** Inpainting, as diffusers' StableDiffusionInpaintPipeline draws it with a plain miniature and with one of nine channels. */
import { beforeAll, describe, expect, it } from 'vitest';
import { usualInpainting, type Mask } from '../../domain/diffusion/edit/inpainting.ts';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { deviation, maxDifference } from '../../testing/closeness.ts';
import { goldenJson, goldenTensors } from '../../testing/golden.ts';
import { inpaintingFiles } from '../../testing/inpainting-miniature.ts';
import { weightForms } from '../../testing/mapped-files.ts';
import { goldenScheduler } from '../../testing/schedulers.ts';
import { openModel, type Model } from '../model/model.ts';
import { loadTokenizer } from '../model/tokenizer.ts';
import { openRuntime } from '../runtime/ort.ts';
import type { ModelFiles } from '../weights/model-files.ts';
import { noExtras } from '../weights/no-extras.ts';
import { drawPicture } from './picture.ts';

interface InpaintCase {
  readonly key: string;
  readonly channels: 4 | 9;
  readonly scheduler: string;
  readonly strength: number;
  readonly guidance_scale: number;
  readonly num_inference_steps: number;
  readonly mask: string;
  readonly prompt: string;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
}

const cases = goldenJson<readonly InpaintCase[]>('inpaint.json');
const arrays = goldenTensors('inpaint.safetensors');
const models = new Map<number, Model>();

beforeAll(async () => {
  models.set(4, await open(weightForms.safetensors()));
  models.set(9, await open(inpaintingFiles()));
});

async function open(files: ModelFiles): Promise<Model> {
  return openModel({
    files,
    tokenizer: await loadTokenizer(files),
    extras: noExtras,
    mode: 'wasm',
    openRuntime: () => openRuntime('wasm', 1),
    onFailure: () => undefined,
  });
}

/** [3, height, width] of bytes. */
function imageOf(key: string): RgbaImage {
  const { data: planes, shape } = arrays.get(key)!;
  const [, height = 0, width = 0] = shape;
  const size = width * height;
  const data = new Uint8ClampedArray(4 * size).fill(255);
  for (let at = 0; at < 3 * size; at++) data[(at % size) * 4 + Math.floor(at / size)] = planes[at]!;
  return { width, height, data };
}

function maskOf(name: string): Mask {
  const { data, shape } = arrays.get(`mask/${name}`)!;
  const [height = 0, width = 0] = shape;
  return { width, height, data: Uint8Array.from(data) };
}

async function run(golden: InpaintCase) {
  const { prompt, seed, width, height, num_inference_steps: steps, strength } = golden;
  const guidanceScale = golden.guidance_scale;
  const size = { width, height };
  const settings = {
    prompt,
    negativePrompt: '',
    seed,
    steps,
    guidanceScale,
    ...size,
    sampler: 'model',
  } as const;
  const mask = maskOf(golden.mask);
  const inpaint = { ...usualInpainting, featherPx: 0, mask };
  const source = { image: imageOf('source'), strength, inpaint };
  const request = { settings, scheduler: goldenScheduler(golden.scheduler), source, morph: undefined };
  const steppedTo: Float32Array[] = [];
  const picture = await drawPicture(models.get(golden.channels)!, request, {
    signal: new AbortController().signal,
    tell: () => undefined,
    onEncode: () => undefined,
    onDecode: () => undefined,
    onTile: () => undefined,
    onStep: ({ latents }) => steppedTo.push(latents),
  });
  return { picture, steppedTo, mask, source };
}

describe('inpainting follows the reference', () => {
  for (const golden of cases)
    it(golden.key, async () => {
      const { picture, steppedTo, mask, source } = await run(golden);
      const close = (latents: Float32Array, name: string) => {
        const expected = arrays.get(`${golden.key}/latents_${name}`)!.data as Float32Array;
        expect(maxDifference(latents, expected) / deviation(expected), name).toBeLessThan(1e-3);
      };
      close(steppedTo[0]!, 'step0');
      close(steppedTo.at(-1)!, 'last');
      const drawn = imageOf(`${golden.key}/image`);
      let [kept, painted] = [0, 0];
      picture.image.data.forEach((value, at) => {
        if (mask.data[at >> 2] === 0) {
          kept += Number(value === source.image.data[at]);
        } else {
          painted += Number(Math.abs(value - drawn.data[at]!) <= 2);
        }
      });
      const masked = mask.data.filter((value) => value > 0).length;
      expect([kept, painted]).toEqual([(mask.data.length - masked) * 4, masked * 4]);
    });
});
