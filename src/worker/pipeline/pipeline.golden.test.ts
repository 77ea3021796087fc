import { beforeAll, describe, expect, it } from 'vitest';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { chunkTokens } from '../../domain/diffusion/prompt/prompt-chunks.ts';
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import { deviation, maxDifference } from '../../testing/closeness.ts';
import { miniatureFiles } from '../../testing/engine-rig.ts';
import { goldenJson, goldenTensors } from '../../testing/golden.ts';
import { goldenScheduler } from '../../testing/schedulers.ts';
import { joinEmbeddings } from '../graphs/embedding.ts';
import type { Job } from '../runtime/job.ts';
import { openModel, type Model } from '../model/model.ts';
import { openRuntime } from '../runtime/ort.ts';
import { drawPicture, type Picture } from './picture.ts';
import { chunkRules, promptTokens } from '../model/prompt-encoder.ts';
import type { Session } from '../runtime/runtime.ts';
import { noExtras } from '../weights/no-extras.ts';
import { loadTokenizer, type Tokenizer } from '../model/tokenizer.ts';
import { decoderNeed, encoderNeed, unetNeed } from '../graphs/needs.ts';
import { predict } from '../graphs/unet.ts';
import { decode, encode, encodedOf } from '../graphs/vae.ts';

interface PipelineCase {
  readonly key: string;
  readonly scheduler: string;
  readonly prompt: string;
  readonly negative_prompt?: string;
  readonly guidance_scale: number;
  readonly height: number;
  readonly width: number;
  readonly num_inference_steps: number;
  readonly seed: number;
  readonly latent_std?: number;
  readonly strength?: number;
}

const cases = goldenJson<readonly PipelineCase[]>('pipeline.json');
const arrays = goldenTensors('pipeline.safetensors');
let model: Model;
let tokenizer: Tokenizer;

beforeAll(async () => {
  const files = miniatureFiles();
  tokenizer = await loadTokenizer(files);
  model = await openModel({
    files,
    tokenizer,
    extras: noExtras,
    mode: 'wasm',
    openRuntime: () => openRuntime('wasm', 1),
    onFailure: () => undefined,
  });
});

const quietJob: Job = { signal: new AbortController().signal, tell: () => undefined };

interface Run extends Picture {
  readonly steps: readonly Float32Array[];
}

async function run(golden: PipelineCase): Promise<Run> {
  const { key, prompt, negative_prompt: negativePrompt = '', guidance_scale: guidanceScale } = golden;
  const { num_inference_steps: count, seed, width, height, strength } = golden;
  const settings = {
    prompt,
    negativePrompt,
    guidanceScale,
    steps: count,
    seed,
    width,
    height,
    sampler: 'model',
  } as const;
  const source =
    strength === undefined ? undefined : { image: image(`${key}/source`, width, height), strength };
  const steps: Float32Array[] = [];
  const request = { settings, scheduler: goldenScheduler(golden.scheduler), source, morph: undefined };
  const picture = await drawPicture(model, request, {
    ...quietJob,
    onEncode: () => undefined,
    onDecode: () => undefined,
    onTile: () => undefined,
    onStep: ({ latents }) => steps.push(latents),
  });
  return { ...picture, steps };
}

const values = (key: string) => arrays.get(key)!.data as Float32Array;

/** Planes of 0 … 1 as 8-bit pixels. */
function image(key: string, width: number, height: number): RgbaImage {
  const planes = values(key);
  const size = width * height;
  const data = new Uint8ClampedArray(4 * size).fill(255);
  for (let i = 0; i < 3 * size; i++) data[(i % size) * 4 + Math.floor(i / size)] = planes[i]! * 255;
  return { width, height, data };
}

function planesOf({ data, width, height }: RgbaImage): Float32Array {
  const size = width * height;
  return Float32Array.from(
    { length: 3 * size },
    (_, i) => data[(i % size) * 4 + Math.floor(i / size)]! / 255,
  );
}

describe('the pipeline follows the reference', () => {
  for (const golden of cases)
    it(golden.key, async () => {
      const { image, steps } = await run(golden);
      let compared = 0;
      const kept = { step0: steps[0]!, step4: steps[Math.min(4, steps.length - 1)]!, last: steps.at(-1)! };
      for (const [name, latents] of Object.entries(kept)) {
        const key = `${golden.key}/latents_${name}`;
        if (!arrays.has(key)) continue;
        expect(maxDifference(latents, values(key)) / deviation(values(key)), name).toBeLessThan(1e-3);
        compared += 1;
      }
      if (arrays.has(`${golden.key}/image`)) {
        const difference = maxDifference(planesOf(image), values(`${golden.key}/image`));
        expect(difference, 'image').toBeLessThan(2 / 255);
        compared += 1;
      }
      expect(compared).toBeGreaterThan(0);
    });
});

describe('each component follows the reference', () => {
  const use = <T>(need: SessionNeed, work: (session: Session) => Promise<T>) =>
    model.sessions.use(need, quietJob, work);
  const close = (actual: Float32Array, key: string) =>
    expect(maxDifference(actual, values(key)) / deviation(values(key)), key).toBeLessThan(1e-3);
  const dims = (key: string) => arrays.get(key)!.shape as readonly [number, number, number, number];

  for (const key of [...arrays.keys()].filter((name) => name.startsWith('unet/out_sample@')))
    it(key, async () => {
      const [batch, channels, height, width] = dims('unet/sample');
      const [, tokens = 0, hidden = 0] = arrays.get('unet/encoder_hidden_states')!.shape;
      const size = channels * height * width;
      for (let i = 0; i < batch; i++) {
        const data = values('unet/encoder_hidden_states').subarray(
          i * tokens * hidden,
          (i + 1) * tokens * hidden,
        );
        const call = {
          sample: values('unet/sample').subarray(i * size, (i + 1) * size),
          dims: [channels, height, width] as const,
          timestep: Number(key.split('@')[1]),
          prompts: [{ data, tokens, width: hidden }],
          guidanceEmbedding: null,
        };
        const [prediction] = await use(unetNeed(call.dims, 1, tokens), (unet) => predict(unet, call));
        const expected = values(key).subarray(i * size, (i + 1) * size);
        expect(maxDifference(prediction!, expected) / deviation(expected)).toBeLessThan(1e-3);
      }
    });

  it('the VAE decoder', async () => {
    const [, channels, height, width] = dims('vae_decoder/latent_sample');
    const latents = values('vae_decoder/latent_sample');
    const size = [channels, height, width] as const;
    const planes = await use(decoderNeed(size), (session) => decode(session, latents, size));
    close(planes, 'vae_decoder/sample');
  });

  it('the VAE encoder', async () => {
    const [, , height, width] = dims('vae_encoder/sample');
    const planes = values('vae_encoder/sample');
    const output = await use(encoderNeed({ height, width }), (session) =>
      encode(session, planes, { height, width }),
    );
    const { mean } = encodedOf(output, model.config.latentChannels);
    close(mean, 'vae_encoder/latent_mean');
  });

  if (arrays.has('prompt_embeds'))
    it('tokenizer and text encoder', async () => {
      const prompts = cases.slice(0, arrays.get('prompt_embeds')!.shape[0]).map(({ prompt }) => prompt);
      const ids = arrays.get('input_ids')!.data;
      expect(
        prompts.flatMap(
          (prompt) => chunkTokens(promptTokens(tokenizer, prompt), chunkRules(tokenizer))[0]!.ids,
        ),
      ).toEqual([...ids]);
      const embeddings = await model.encodePrompts(prompts, quietJob);
      close(joinEmbeddings(embeddings).data, 'prompt_embeds');
    });
});
