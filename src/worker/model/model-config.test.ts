import { describe, expect, it } from 'vitest';
import { findComponents } from '../graphs/components.ts';
import { readModelConfig } from './model-config.ts';
import type { ModelFiles } from '../weights/model-files.ts';

const scheduler = { _class_name: 'PNDMScheduler', beta_schedule: 'scaled_linear' };

function files(texts: Readonly<Record<string, unknown>>): ModelFiles {
  const all: Record<string, unknown> = { 'scheduler/scheduler_config.json': scheduler, ...texts };
  const textOf = (path: string) => (typeof all[path] === 'string' ? all[path] : JSON.stringify(all[path]));
  return {
    list: () => Object.keys(all).map((path) => ({ path, sizeBytes: 1 })),
    readText: (path) => Promise.resolve(textOf(path)),
    readBytes: (path) => Promise.resolve(new TextEncoder().encode(textOf(path))),
  };
}

describe('what the files say', () => {
  it('is what counts', async () => {
    const config = await readModelConfig(
      files({
        'unet/config.json': {
          sample_size: [24, 32],
          in_channels: 8,
          block_out_channels: [1, 2, 3],
          time_cond_proj_dim: 256,
        },
        'vae_decoder/config.json': {
          latent_channels: 8,
          scaling_factor: 0.5,
          block_out_channels: [1, 2, 3],
        },
      }),
    );
    expect(config).toMatchObject({
      sampleHeight: 24,
      sampleWidth: 32,
      latentChannels: 8,
      vaeScaleFactor: 4,
      vaeScalingFactor: 0.5,
      sizeMultiple: 16,
      timeCondDim: 256,
    });
  });

  it('is Stable Diffusion 1 where it is nothing', async () => {
    expect(await readModelConfig(files({}))).toMatchObject({
      sampleHeight: 64,
      sampleWidth: 64,
      latentChannels: 4,
      vaeScaleFactor: 8,
      vaeScalingFactor: 0.18215,
      sizeMultiple: 64,
      timeCondDim: null,
    });
  });

  it('may be tiny-sd: two downsamplings, sides in multiples of 32', async () => {
    const unet = { sample_size: 64, block_out_channels: [320, 640, 1280] };
    expect((await readModelConfig(files({ 'unet/config.json': unet }))).sizeMultiple).toBe(32);
  });

  it('may be an inpainting model, which sees a mask and what it leaves', async () => {
    const config = await readModelConfig(files({ 'unet/config.json': { in_channels: 9 } }));
    expect(config).toMatchObject({ inpaints: true, latentChannels: 4 });
  });

  it('may be a tiny autoencoder, which counts the levels of its halves', async () => {
    const vae = { _class_name: 'AutoencoderTiny', decoder_block_out_channels: [64, 64, 64] };
    expect((await readModelConfig(files({ 'vae_decoder/config.json': vae }))).vaeScaleFactor).toBe(4);
  });

  it.each([
    ['model_index.json', { _class_name: 'StableDiffusionXLPipeline' }],
    ['model_index.json', { _class_name: 'StableDiffusionXLInpaintPipeline' }],
    ['model_index.json', { _class_name: 'SomethingNew', text_encoder_2: ['a', 'b'] }],
    ['unet/config.json', { addition_embed_type: 'text_time' }],
    ['unet/config.json', { in_channels: 8 }],
  ])('may be another family: %s %j', async (path, content) => {
    await expect(readModelConfig(files({ [path]: content }))).rejects.toMatchObject({
      code: 'model-unsupported',
    });
  });

  it('may be no JSON', async () => {
    const page = files({ 'unet/config.json': '<!doctype html>' });
    await expect(readModelConfig(page)).rejects.toMatchObject({ code: 'file-corrupt' });
  });

  it('must name a scheduler', async () => {
    const none: ModelFiles = { ...files({}), list: () => [] };
    await expect(readModelConfig(none)).rejects.toMatchObject({ code: 'model-incomplete' });
  });
});

describe('the graphs', () => {
  const listed = (...paths: readonly string[]) => paths.map((path) => ({ path, sizeBytes: 1 }));
  const plain = ['text_encoder/model.onnx', 'unet/model.onnx', 'vae_decoder/model.onnx'];

  it('bring the weights that lie beside them', () => {
    const table = findComponents(
      listed(...plain, 'unet/model.onnx_data', 'unet/config.json', 'vae_decoder/weights.pb'),
    );
    expect(table.unet!.externalData.map(({ path }) => path)).toEqual(['unet/model.onnx_data']);
    expect(table.vae_decoder!.externalData.map(({ path }) => path)).toEqual(['vae_decoder/weights.pb']);
    expect(table.text_encoder!.externalData).toEqual([]);
    expect(table.vae_encoder).toBeUndefined();
  });

  it('are all needed but the encoder of pictures', () => {
    expect(() => findComponents(listed('unet/model.onnx', 'unet/config.json'))).toThrow(
      /text_encoder, vae_decoder/,
    );
  });
});
