/** Graphs that the app compiles from weights, against what diffusers computes from the same files. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../domain/loose-json.ts';
import type { Tensors } from '../../domain/weights/lazy-tensor.ts';
import { deviation, maxDifference } from '../../testing/closeness.ts';
import { answer, compiledSession, float32 } from '../../testing/compiled-session.ts';
import { goldenJson, goldenTensors } from '../../testing/golden.ts';
import { goldenWeights } from '../../testing/golden-weights.ts';

const arrays = goldenTensors('pipeline.safetensors');
const at = (key: string) => arrays.get(key)!;

const close = (actual: Float32Array, expected: Float32Array, what: string) =>
  expect(maxDifference(actual, expected) / deviation(expected), what).toBeLessThan(1e-3);

const config = (component: string) => goldenJson<Json>(`mini-checkpoint/${component}/config.json`);

const weights = async (path: string): Promise<Tensors> => (await goldenWeights(path)).tensors;

const forms = [
  { folder: 'mini-checkpoint', extension: 'safetensors' },
  { folder: 'mini-checkpoint-bin', extension: 'bin' },
] as const;

describe.each(forms)('compiled from $folder, as diffusers computes', ({ folder, extension }) => {
  const part = async (component: 'unet' | 'vae') => ({
    config: config(component),
    tensors: await weights(`${folder}/${component}/diffusion_pytorch_model.${extension}`),
  });

  it('the UNet, at every timestep, a batch of two', async () => {
    const sample = at('unet/sample');
    const [batch = 0, , height = 0, width = 0] = sample.shape;
    const session = await compiledSession(
      { component: 'unet', ...(await part('unet')) },
      { batch, height, width },
    );
    for (const key of [...arrays.keys()].filter((name) => name.startsWith('unet/out_sample@'))) {
      const timestep = Float32Array.of(Number(key.split('@')[1]));
      const feeds = {
        sample: float32(sample),
        timestep: { type: 'float32', dims: [1], data: timestep },
        encoder_hidden_states: float32(at('unet/encoder_hidden_states')),
      };
      const { data } = await session.run(feeds, 'out_sample');
      close(data as Float32Array, at(key).data as Float32Array, key);
    }
    await session.release();
  });

  it('the decoder', async () => {
    const latents = at('vae_decoder/latent_sample');
    const [, , height = 0, width = 0] = latents.shape;
    const session = await compiledSession(
      { component: 'vae_decoder', ...(await part('vae')) },
      { height, width },
    );
    const picture = await answer(session, { latent_sample: float32(latents) });
    close(picture, at('vae_decoder/sample').data as Float32Array, 'sample');
  });

  it('the encoder', async () => {
    const picture = at('vae_encoder/sample');
    const [, , height = 0, width = 0] = picture.shape;
    const session = await compiledSession(
      { component: 'vae_encoder', ...(await part('vae')) },
      { height, width },
    );
    const mean = at('vae_encoder/latent_mean').data as Float32Array;
    const parameters = await answer(session, { sample: float32(picture) });
    close(parameters.subarray(0, mean.length), mean, 'mean');
  });
});
